//! The chart of the time that each contender takes to deserialize an event.

use serde_json::Value;

const WIDTH: f64 = 700.0;
/// The start of the bars, to the right of the names.
const LEFT: f64 = 230.0;
/// The end of the longest bar, to the left of its number.
const RIGHT: f64 = 630.0;
const TOP: f64 = 64.0;
const ROW: f64 = 34.0;
const BAR: f64 = 20.0;

/// Colors that are legible in light and in dark mode.
const STYLE: &str = "
  text { font: 14px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; fill: #1f2328 }
  .title { font-size: 16px; font-weight: 600 }
  .note { font-size: 12px; fill: #59636e }
  .peer { fill: #8c959f }
  .ours { fill: #1a7f64 }
  .one { stroke: #59636e; stroke-dasharray: 3 4 }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc }
    .note { fill: #9198a1 }
    .peer { fill: #656c76 }
    .ours { fill: #3fb68b }
    .one { stroke: #9198a1 }
  }
";

/// Returns the chart for the events of the mix. Without results, the chart has no bars.
pub(super) fn reading(results: &Value) -> String {
    let rows: Vec<(&str, f64)> = results["read_write"]["corpora"]["mix"]["reading"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|row| Some((row["name"].as_str()?, row["ratio"].as_f64()?)))
        .collect();
    let longest = rows.iter().map(|(_, ratio)| *ratio).fold(1.0, f64::max);
    let scale = (RIGHT - LEFT) / longest;
    let height = TOP + ROW * rows.len() as f64 + 12.0;
    let mut bars = String::new();
    for (index, (name, ratio)) in rows.iter().enumerate() {
        let y = TOP + ROW * index as f64;
        let (length, middle) = (ratio * scale, y + BAR / 2.0 + 5.0);
        let class = if name.starts_with("matrix-events") { "ours" } else { "peer" };
        bars.push_str(&format!(
            "<text x=\"{:.1}\" y=\"{middle:.1}\" text-anchor=\"end\">{}</text>\n\
             <rect class=\"{class}\" x=\"{LEFT:.1}\" y=\"{y:.1}\" width=\"{length:.1}\" height=\"{BAR:.1}\" rx=\"3\"/>\n\
             <text x=\"{:.1}\" y=\"{middle:.1}\">{ratio:.2}</text>\n",
            LEFT - 10.0,
            escape(name),
            LEFT + length + 8.0,
        ));
    }
    let one = LEFT + scale;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" width=\"{WIDTH}\" height=\"{height:.0}\" role=\"img\" \
         aria-label=\"Time to deserialize a timeline event, relative to serde_json::Value\">\n<style>{STYLE}</style>\n\
         <text class=\"title\" x=\"14\" y=\"26\">Time to deserialize a timeline event</text>\n\
         <text class=\"note\" x=\"14\" y=\"46\">relative to serde_json::Value; shorter is faster</text>\n\
         {bars}<line class=\"one\" x1=\"{one:.1}\" x2=\"{one:.1}\" y1=\"{:.1}\" y2=\"{:.1}\"/>\n</svg>\n",
        TOP - 8.0,
        height - 8.0,
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
