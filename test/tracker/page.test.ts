import { expect } from "@open-wc/testing";
import { currentPage } from "../../src/tracker/page.js";
import { stubProperty } from "../support/stub-property.js";

describe("currentPage", () => {
  it("tells the address, the title and where the visitor came from", () => {
    stubProperty(document, "URL", () => "https://shop.test/kites?q=1#top");
    stubProperty(document, "title", () => "Kites");
    stubProperty(document, "referrer", () => "https://search.test/");
    expect(currentPage()).to.deep.equal({
      url: "https://shop.test/kites?q=1#top",
      title: "Kites",
      referrer: "https://search.test/",
    });
  });

  it("shares one value until the address or the title has changed", () => {
    let url = "https://shop.test/";
    let title = "Shop";
    stubProperty(document, "URL", () => url);
    stubProperty(document, "title", () => title);
    const pages = [currentPage(), currentPage()];
    url += "#kites";
    pages.push(currentPage());
    title = "Kites";
    pages.push(currentPage(), currentPage());
    expect(pages.map((page) => pages.indexOf(page))).to.deep.equal([
      0, 0, 2, 3, 3,
    ]);
  });
});
