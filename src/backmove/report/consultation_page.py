"""The page for a consultation: its style and its template. ``report/consultation.py`` fills it."""

from base64 import b64encode
from hashlib import sha256
from typing import Final

STYLE: Final = """
:root { color-scheme: light dark; --ink: #1c2226; --soft: #4b565d; --line: #c4ccd1; --paper: #fff; --tint: #f1f4f6;
  --mark: #1f4e6b; --alarm: #9b1c1c; --alarm-tint: #fdf0ef; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ecee; --soft: #b4bec4; --line: #4b565d; --paper: #15191c;
  --tint: #20262a; --mark: #8cc4e6; --alarm: #ff9d94; --alarm-tint: #351a1a; } }
* { box-sizing: border-box; }
body { margin: 0; font: 1rem/1.45 system-ui, "Segoe UI", "Noto Sans", Arial, sans-serif; color: var(--ink);
  background: var(--paper); overflow-wrap: anywhere; }
main { max-width: 52rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.4rem; line-height: 1.2; margin: 0 0 .2rem; }
h2 { font-size: 1.05rem; margin: 1.1rem 0 .3rem; padding-bottom: .1rem; color: var(--mark);
  border-bottom: 2px solid var(--line); }
p, ul, table { margin: .25rem 0; }
ul { padding-left: 1.2rem; }
.under { color: var(--soft); }
.dim { color: var(--soft); font-size: .875rem; }
.urgent { border: 2px solid var(--alarm); border-left-width: .6rem; background: var(--alarm-tint); color: var(--ink);
  padding: .5rem .8rem; margin: .8rem 0; font-weight: 600; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; color: var(--soft); font-size: .875rem; padding: .15rem 0; }
th, td { text-align: left; vertical-align: top; padding: .2rem .6rem .2rem 0; border-top: 1px solid var(--line); }
th { font-weight: 600; }
tbody th { width: 8.5rem; }
td { min-width: 8.5rem; }
.plots, .gallery { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 14rem), 1fr));
  gap: .6rem 1rem; margin: .4rem 0; }
figure { margin: 0; break-inside: avoid; }
figcaption { font-size: .875rem; }
.plot { display: block; width: 100%; max-width: 24rem; height: auto; color: var(--ink); font-size: 10px; }
.plot text { fill: var(--soft); }
.plot .row { stroke: var(--line); stroke-width: .5; }
.plot .named { stroke: var(--soft); stroke-width: .6; }
.plot .way { stroke: var(--mark); stroke-width: 1.4; }
.plot .point { fill: var(--mark); }
.card { border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
.card figcaption { padding: .3rem .5rem .4rem; }
figcaption b, .card span { display: block; }
.pictures { display: flex; gap: .5rem; align-items: flex-end; justify-content: center; height: 6rem; background: #fff;
  padding: .3rem; }
.pictures svg { flex: 0 1 auto; min-width: 0; max-height: 100%; height: auto; }
@media (max-width: 34rem) {
  thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  tr, tbody th, td { display: block; width: auto; min-width: 0; }
  td { border-top: 0; padding-top: 0; }
}
@page { size: A4; margin: 10mm 12mm; }
@media print {
  :root { color-scheme: light; --ink: #000; --soft: #333; --line: #aaa; --paper: #fff; --tint: #fff; --mark: #1f4e6b;
    --alarm: #9b1c1c; --alarm-tint: #fff; }
  body { font-size: 9pt; line-height: 1.25; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 14pt; }
  h2 { font-size: 10.5pt; margin: .4rem 0 .1rem; break-after: avoid; }
  .dim, caption, figcaption { font-size: 8pt; }
  p, ul, table { margin: .1rem 0; }
  th, td { padding: .08rem .5rem .08rem 0; }
  table, tr, .urgent, .card { break-inside: avoid; }
  p, li { orphans: 3; widows: 3; }
  .plots { grid-template-columns: repeat(3, 1fr); gap: .2rem .8rem; }
  .gallery { grid-template-columns: repeat(3, 1fr); gap: .3rem; }
  .pictures { height: 13mm; padding: .15rem; }
  .card figcaption { padding: .1rem .4rem .2rem; }
  .plot { max-height: 24mm; }
}
"""

CSP: Final = (
    f"default-src 'none'; style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'; "
    "base-uri 'none'; form-action 'none'"
)
"""Nothing is loaded, nothing runs, and no style but the one above holds."""

PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{ csp }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{{ paper.title }}</title>
<style>{{ style }}</style>
</head>
<body>
<main>
<h1>{{ paper.title }}</h1>
{% for line in paper.under %}<p class="under">{{ line }}</p>
{% endfor %}{% if paper.urgent %}<p class="urgent">{{ paper.urgent }}</p>
{% endif %}{% for part in paper.parts %}<section aria-labelledby="part-{{ loop.index }}">
<h2 id="part-{{ loop.index }}">{{ part.title }}</h2>
{% for kind, blocks in part.blocks | runs %}{% if kind == "Plot" %}<div class="plots">
{% for block in blocks %}<figure>{{ block | plot }}
<figcaption><b>{{ block.title }}</b> {{ block.sentence }}</figcaption></figure>
{% endfor %}</div>
{% else %}{% for block in blocks %}{% if kind == "Say" %}<p{% if block.weight == "dim" %} class="dim"{% endif %}>{% if
block.weight == "strong" %}<b>{{ block.text }}</b>{% else %}{{ block.text }}{% endif %}</p>
{% elif kind == "Points" %}{% if block.title %}<p>{{ block.title }}:</p>
{% endif %}<ul>
{% for item in block.items %}<li>{{ item }}</li>
{% endfor %}</ul>
{% elif kind == "Table" %}<table>
<caption>{{ block.caption }}</caption>
<thead><tr>{% for head in block.heads %}<th scope="col">{{ head }}</th>{% endfor %}</tr></thead>
<tbody>
{% for row in block.rows %}<tr><th scope="row">{{ row[0] }}</th>
{%- for cell in row[1:] %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</tbody>
</table>
{% elif kind == "Gallery" %}<div class="gallery">
{% for row in block.rows %}<figure class="card">{% set shown = row | pictures %}{% if shown %}<div class="pictures">{{
shown | join }}</div>{% endif %}
<figcaption><b>{{ row.name }}</b>{% for fact in row.facts %}<span>{{ fact }}</span>{% endfor %}</figcaption></figure>
{% endfor %}</div>
{% endif %}{% endfor %}{% endif %}{% endfor %}</section>
{% endfor %}</main>
</body>
</html>
"""
