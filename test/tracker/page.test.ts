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
});
