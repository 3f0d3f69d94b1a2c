/** Removes all that a test may have left in this origin: cookies, localStorage and sessionStorage. */
export function cleanStorage(): void {
  for (const cookie of document.cookie.split("; "))
    document.cookie = `${cookie.split("=")[0]}=; Max-Age=0; Path=/`;
  localStorage.clear();
  sessionStorage.clear();
}
