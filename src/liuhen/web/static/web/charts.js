// Bars beside a table that says the same. The data is JSON in the page; without this script, or
// without ECharts, the table is all there is, and the empty place is taken away.
(() => {
  "use strict";
  const colour = (name) =>
    getComputedStyle(document.documentElement).getPropertyValue(`--tblr-${name}`).trim() || undefined;

  function draw(place) {
    const data = JSON.parse(document.getElementById(place.dataset.chart).textContent);
    if (!window.echarts || !data.names.length) {
      place.closest("figure").remove();
      return;
    }
    const chart = window.echarts.init(place, null, { renderer: "canvas" });
    const share = data.unit === "%";
    const text = { color: colour("body-color"), fontFamily: getComputedStyle(document.body).fontFamily };
    chart.setOption({
      animation: false,
      textStyle: text,
      grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
      legend: { top: 0, textStyle: text },
      // Drawn into the canvas: a tooltip of HTML would bring inline styles, which the policy forbids.
      tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: "shadow" } },
      xAxis: { type: "category", data: data.names, axisLabel: { ...text, interval: data.dense ? "auto" : 0, width: 90, overflow: "truncate" } },
      yAxis: { type: "value", name: data.unit, max: share ? 100 : undefined, minInterval: data.dense ? 0 : 1, axisLabel: text, nameTextStyle: text },
      series: data.series.map((one) => ({
        name: one.name,
        type: data.is_line ? "line" : "bar",
        barMaxWidth: 36,
        data: one.values.map((value) => (value === null ? "-" : value)),
        itemStyle: { color: colour(one.colour) },
        label: { show: !data.is_line && !data.dense && data.names.length <= 12, position: "top", color: text.color, formatter: ({ value }) => (value === "-" ? "" : Number(value).toLocaleString("zh-CN")) },
      })),
    });
    // A bar or point leads on to what it is made of; the table beside has the same links.
    if (data.links) {
      chart.on("click", ({ dataIndex }) => window.location.assign(data.links[dataIndex]));
    }
    window.addEventListener("resize", () => chart.resize());
  }

  for (const place of document.querySelectorAll("[data-chart]")) draw(place);
})();
