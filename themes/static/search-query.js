// What is searched for, as the address says it: ?q=…&section=…&year=…&from=…&to=…&sort=date.
var BulletinQuery = (function () {
  var LISTS = ["section", "region", "topic", "person", "genre", "edition", "year"];
  var DAYS = ["from", "to"];
  var DAY = /^[1-9]\d{3}-\d\d-\d\d$/; // a year that is being typed begins with zeros

  function unique(values) {
    return values.filter(function (value, at) {
      return value && values.indexOf(value) === at;
    });
  }

  // {q, sort, facets: {name: [key…], from, to}}; what is not understood is left out.
  function read(search) {
    var params = new URLSearchParams(search);
    var facets = {};
    LISTS.forEach(function (name) {
      var values = unique(params.getAll(name));
      if (values.length) facets[name] = values;
    });
    DAYS.forEach(function (name) {
      if (isDay(params.get(name) || "")) facets[name] = params.get(name);
    });
    return { q: params.get("q") || "", sort: params.get("sort") === "date" ? "date" : "relevance", facets: ordered(facets) };
  }

  // The facets with their days the right way round.
  function ordered(facets) {
    if (!(facets.from > facets.to)) return facets;
    return facetsWith(facetsWith(facets, "from", facets.to), "to", facets.from);
  }

  // Whether *text* is a day of the calendar.
  function isDay(text) {
    var date = DAY.test(text) ? new Date(text + "T00:00:00Z") : NaN;
    return !isNaN(date) && date.toISOString().slice(0, 10) === text;
  }

  // "?…", or nothing for a query that asks for nothing.
  function write(query) {
    var params = new URLSearchParams();
    if (query.q.trim()) params.append("q", query.q.trim());
    LISTS.forEach(function (name) {
      (query.facets[name] || []).forEach(function (value) {
        params.append(name, value);
      });
    });
    DAYS.forEach(function (name) {
      if (query.facets[name]) params.append(name, query.facets[name]);
    });
    if (query.sort === "date") params.append("sort", "date");
    var text = params.toString();
    return text ? "?" + text : "";
  }

  // The same query with other words, another order or other facets.
  function changed(query, change) {
    return {
      q: "q" in change ? change.q : query.q,
      sort: change.sort || query.sort,
      facets: change.facets || query.facets
    };
  }

  // The facets with *values* (a list, or a day) for *name*.
  function facetsWith(facets, name, values) {
    var next = {};
    LISTS.concat(DAYS).forEach(function (key) {
      var kept = key === name ? values : facets[key];
      if (kept && kept.length) next[key] = kept;
    });
    return next;
  }

  function toggled(facets, name, value) {
    var values = facets[name] || [];
    var rest = values.filter(function (one) {
      return one !== value;
    });
    return facetsWith(facets, name, rest.length < values.length ? rest : values.concat(value));
  }

  function isEmpty(query) {
    return !query.q.trim() && !Object.keys(query.facets).length;
  }

  // How many conditions are chosen.
  function chosen(query) {
    return Object.keys(query.facets).reduce(function (sum, name) {
      return sum + (DAYS.indexOf(name) < 0 ? query.facets[name].length : 1);
    }, 0);
  }

  return {
    LISTS: LISTS,
    read: read,
    ordered: ordered,
    isDay: isDay,
    write: write,
    changed: changed,
    facetsWith: facetsWith,
    toggled: toggled,
    isEmpty: isEmpty,
    chosen: chosen
  };
})();
