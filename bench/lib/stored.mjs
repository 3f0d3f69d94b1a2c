/**
 * What a page has stored: the entries of localStorage and sessionStorage and the records of IndexedDB, with their
 * characters (a record counts as its JSON), and the characters of its cookies.
 */
export const stored = (page) =>
  page.evaluate(async () => {
    const done = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const entries = [localStorage, sessionStorage].flatMap(Object.entries);
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const records = database.transaction(store).objectStore(store);
        for (const record of await done(records.getAll()))
          entries.push([store, JSON.stringify(record)]);
      }
      database.close();
    }
    return {
      keys: entries.length,
      characters: entries.reduce(
        (sum, entry) => sum + entry.join("").length,
        0,
      ),
      cookies: document.cookie.length,
    };
  });
