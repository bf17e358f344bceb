// <div class="chart" data-chart="id of a JSON script">: ECharts is fetched only where a page holds one.
import { fresh } from "./words.js";

const COLOURS = ["#1f5fa8", "#8a97a6", "#1d6b3f", "#8a4b00"];
let library;

function fetched() {
  library = library || new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = document.body.dataset.echarts;
    script.onload = () => done(window.echarts);
    script.onerror = failed;
    document.head.append(script);
  });
  return library;
}

function series(one, index, kind) {
  const colour = one.colour || COLOURS[index % COLOURS.length];
  return {
    name: one.name, type: one.kind || kind, data: one.values, symbol: "circle", symbolSize: 5, showSymbol: false,
    barMaxWidth: 14, lineStyle: { width: 2, type: one.dashed ? "dashed" : "solid" }, itemStyle: { color: colour },
    stack: one.stack, emphasis: { disabled: true },
  };
}

function options(data, kind) {
  const text = { color: "#4a5666", fontSize: 12, fontFamily: getComputedStyle(document.body).fontFamily };
  return {
    aria: { enabled: true, decal: { show: false }, label: { description: data.title } },
    animation: false, textStyle: text, color: COLOURS,
    grid: { left: 4, right: 14, top: data.series.length > 1 ? 34 : 14, bottom: 2, containLabel: true },
    legend: { show: data.series.length > 1, left: 0, top: 0, itemWidth: 14, itemHeight: 3, icon: "rect", textStyle: text },
    tooltip: { trigger: "axis", renderMode: "richText", confine: true, borderWidth: 0, backgroundColor: "#222c38",
      textStyle: { color: "#fff", fontSize: 12 } },
    xAxis: { type: "category", data: data.labels, axisTick: { show: false }, axisLine: { lineStyle: { color: "#c8d0d9" } },
      axisLabel: { ...text, hideOverlap: true } },
    yAxis: { type: "value", minInterval: 1, axisLabel: text, splitLine: { lineStyle: { color: "#eceff3" } } },
    series: data.series.map((one, index) => series(one, index, kind)),
  };
}

async function draw(box) {
  const source = document.getElementById(box.dataset.chart);
  if (!source) return;
  const echarts = await fetched();
  const chart = echarts.init(box, null, { renderer: "svg" });
  const data = JSON.parse(source.textContent);
  chart.setOption(options(data, box.dataset.kind || "line"));
  if (data.urls) chart.on("click", ({ dataIndex }) => data.urls[dataIndex] && location.assign(data.urls[dataIndex]));
  if (window.ResizeObserver) new ResizeObserver(() => chart.resize()).observe(box);
  box.dataset.ready = "true";
}

export function charts(root) {
  fresh(root, "[data-chart]", "_chart").forEach(draw);
}
