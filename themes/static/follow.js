// The follow page: a tick before each feed, a filter, and saving or copying what was ticked.
(function () {
  var form = document.getElementById("bu-follow");
  if (!form || !window.Blob || !window.URL) return;
  var status = document.getElementById("bu-follow-status");
  var rows = Array.prototype.slice.call(document.querySelectorAll("[data-feed]"));
  var words = form.dataset;
  var filter = form.elements.filter;

  function ticked() {
    return rows.filter(function (row) {
      return row.querySelector("input").checked;
    });
  }

  function say(text) {
    status.textContent = text;
  }

  function count() {
    var number = ticked().length;
    form.elements.save.disabled = form.elements.copy.disabled = !number;
    say(number ? words.picked.replace("{number}", number) : words.none);
  }

  function escaped(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
  }

  // OPML 2.0, as feeds.opml has it.
  function opml(list) {
    var lines = list.map(function (row) {
      var title = escaped(row.dataset.title);
      return '<outline type="rss" text="' + title + '" title="' + title + '" xmlUrl="' + escaped(row.dataset.feed) + '"/>';
    });
    var head = "<head><title>" + escaped(document.title) + "</title></head>";
    return '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">' + head + "<body>\n" + lines.join("\n") + "\n</body></opml>\n";
  }

  rows.forEach(function (row) {
    var label = document.createElement("label");
    var box = document.createElement("input");
    box.type = "checkbox";
    box.className = "bu-follow__box";
    box.setAttribute("aria-label", row.dataset.title);
    box.addEventListener("change", count);
    label.className = "bu-follow__tick";
    label.appendChild(box);
    row.insertBefore(label, row.firstChild);
  });

  filter.addEventListener("input", function () {
    var wanted = filter.value.trim().toLowerCase();
    var shown = 0;
    rows.forEach(function (row) {
      row.hidden = row.dataset.title.toLowerCase().indexOf(wanted) < 0;
      if (!row.hidden) shown += 1;
    });
    Array.prototype.forEach.call(document.querySelectorAll(".bu-follow__group"), function (group) {
      group.hidden = !group.querySelector("[data-feed]:not([hidden])");
    });
    if (wanted) say(words.shown.replace("{number}", shown));
    else count();
  });

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var list = ticked();
    if (!list.length) return;
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([opml(list)], { type: "text/x-opml" }));
    link.download = "feeds.opml";
    document.body.appendChild(link);
    link.click();
    document.body.removeChild(link);
    setTimeout(function () {
      URL.revokeObjectURL(link.href);
    }, 1000);
  });

  form.elements.copy.addEventListener("click", function () {
    var text = ticked()
      .map(function (row) {
        return row.dataset.feed;
      })
      .join("\n");
    if (!navigator.clipboard) {
      say(words.failed);
      return;
    }
    navigator.clipboard.writeText(text).then(
      function () {
        say(words.copied);
      },
      function () {
        say(words.failed);
      }
    );
  });

  form.hidden = false;
  count();
})();
