// A page of each kind of the demonstration site; in crowded/ lies the same one with fronts so short that they need lists.
export const PAGES = {
  front: "",
  story: "stories/qingdao-two-lists/",
  feature: "stories/changzhou-democratic-management/",
  photo: "stories/photo-spring-tech-team/",
  section: "sections/union-news/",
  list: "crowded/sections/union-news/page/1/",
  edition: "editions/2024-04-08/",
  editions: "editions/",
  year: "editions/2024/",
  archive: "archive/",
  month: "archive/2024/04/",
  search: "search/?q=%E6%AC%A0%E8%96%AA",
  browse: "browse/",
  follow: "follow/",
  regions: "regions/",
  region: "regions/jiangsu/",
  topic: "topics/%E6%8A%80%E8%83%BD%E5%9F%B9%E8%AE%AD/",
  people: "people/",
  person: "people/wang-wei/",
  organisations: "organisations/",
  columns: "columns/",
  offline: "offline/",
  about: "about/",
  missing: "404.html",
};

export const LIGHTHOUSE_PAGES = ["front", "story", "section", "list"];
