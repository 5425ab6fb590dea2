/** The style of the web page: one column, the reader's own light or dark, no files to fetch. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1b1b1f; --quiet: #5b5d66; --line: #d9dae0; --paper: #ffffff; --soft: #f3f4f7;
  --link: #1a4f9c; --deepens: #b3261e; --eases: #1b6e3c; --mixed: #8a5a00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7e8ec; --quiet: #a3a6b1; --line: #3a3d47; --paper: #16181d;
  --soft: #20232a; --link: #8ab4f8; --deepens: #ff8a80; --eases: #7ddc9c; --mixed: #ffcc66; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
header, main, footer { max-width: 46rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 1rem; padding-bottom: 1rem; border-bottom: 1px solid var(--line); }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: baseline; }
nav strong { margin-right: auto; }
a { color: var(--link); text-underline-offset: .15em; }
form { display: flex; gap: .5rem; margin-top: .75rem; }
input { flex: 1; min-width: 0; padding: .5rem .75rem; font: inherit; color: inherit; background: var(--soft);
  border: 1px solid var(--line); border-radius: .375rem; }
button { padding: .5rem 1rem; font: inherit; color: var(--paper); background: var(--link); border: 0; border-radius: .375rem; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 1.5rem 0 .5rem; }
h2 { font-size: 1.125rem; line-height: 1.3; margin: 2rem 0 .5rem; padding-top: .75rem; border-top: 1px solid var(--line); }
h2 small { display: block; font-size: .875rem; font-weight: normal; color: var(--quiet); }
p { margin: .5rem 0; white-space: pre-line; }
.quiet, .source, .detail, .more { color: var(--quiet); font-size: .875rem; }
.banner { display: inline-block; padding: 0 .5rem; font-size: .875rem; color: var(--mixed); border: 1px solid; border-radius: 1rem; }
.entries { margin: 0; padding: 0; list-style: none; }
.entries > li { margin: 1rem 0; padding-left: 1.5rem; position: relative; }
.entries h3 { margin: 0; font-size: 1rem; }
.sign { position: absolute; left: 0; }
.deepens { color: var(--deepens); } .eases { color: var(--eases); } .mixed { color: var(--mixed); }
.entries p, .entries blockquote { margin: .125rem 0; }
blockquote { margin: .5rem 0; padding-left: .75rem; border-left: 3px solid var(--line); font-style: italic; }
blockquote cite { font-style: normal; font-weight: bold; font-size: .875rem; }
mark { color: inherit; background: color-mix(in srgb, var(--mixed) 30%, transparent); }
dl { display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr; gap: .375rem 1rem; }
dt { color: var(--quiet); } dd { margin: 0; white-space: pre-line; }
pre { padding: .75rem; overflow-x: auto; background: var(--soft); font-size: .8125rem; }
.buttons { display: flex; flex-wrap: wrap; gap: .5rem; list-style: none; margin: 2rem 0 1rem; padding: 0; }
.buttons a, .buttons span { display: inline-block; padding: .375rem .75rem; border: 1px solid var(--line); border-radius: .375rem; }
.bad h1 { color: var(--deepens); } .warning h1 { color: var(--mixed); } .good h1 { color: var(--eases); }
footer { margin-top: 3rem; padding-top: 1rem; padding-bottom: 2rem; border-top: 1px solid var(--line); color: var(--quiet); font-size: .875rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@media (max-width: 34rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .75rem; } }
`;
