package dev.yagura.cloudfront.report;

/** What the report's page has beside the looks of all pages. */
final class ReportStyle {
  static final String CSS =
      """
      :root { --bar: #cfe3fb; --edge: #0b57a4; --soft: #eef2f6; }
      @media (prefers-color-scheme: dark) { :root { --bar: #1d4166; --edge: #6cb4ff;
        --soft: #1f2730; } }
      main { max-width: 100rem; }
      .crumb { font-size: .9rem; }
      .what { color: var(--dim); margin: .25rem 0 0; overflow-wrap: anywhere; }
      .what b { color: var(--ink); font-weight: 600; }
      form { display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: end; }
      label { display: grid; gap: .2rem; font-size: .8rem; color: var(--dim); max-width: 100%; }
      input, select, button { font: inherit; font-size: .95rem; color: var(--ink);
        background: var(--ground); border: 1px solid var(--line); border-radius: 6px;
        padding: .3rem .5rem; min-height: 2.2rem; max-width: 100%; }
      input[type=number] { width: 5.5rem; }
      button { background: var(--edge); border-color: var(--edge); color: var(--paper);
        font-weight: 600; padding: .3rem 1.1rem; cursor: pointer; }
      :focus-visible { outline: 2px solid var(--edge); outline-offset: 1px; }
      .presets { display: flex; flex-wrap: wrap; gap: .4rem; margin-bottom: .9rem; }
      .presets a, .presets b { padding: .15rem .8rem; border: 1px solid var(--line);
        border-radius: 1rem; text-decoration: none; font-size: .9rem; font-weight: 400; }
      .presets b { background: var(--edge); border-color: var(--edge); color: var(--paper); }
      .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr));
        gap: 1rem; margin-top: 1.25rem; }
      .tiles section { margin: 0; padding: .8rem 1rem; }
      .tiles .value { font-size: 1.5rem; font-weight: 600; line-height: 1.3; }
      .small { font-size: .85rem; }
      .row { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: baseline; }
      .note { margin-top: 1rem; padding: .5rem .8rem; border-left: 3px solid var(--edge);
        background: var(--soft); border-radius: 0 6px 6px 0; }
      .empty { padding: 3rem 1.5rem; text-align: center; }
      .empty .state { font-size: 1.25rem; white-space: normal; }
      ul.choice { list-style: none; margin: 0; padding: 0; }
      ul.choice li { display: flex; flex-wrap: wrap; gap: 0 1.5rem; padding: .4rem 0; }
      ul.choice a { font-weight: 600; overflow-wrap: anywhere; }
      .objects { font-size: .88rem; margin-top: 0; }
      .objects th { vertical-align: bottom; line-height: 1.25; padding-right: .7rem; }
      .objects th a { color: inherit; text-decoration: none; }
      .objects th a:hover { text-decoration: underline; }
      .objects th[aria-sort] { color: var(--ink); border-bottom: 2px solid var(--edge); }
      .objects th.number { text-align: right; }
      .objects td { padding: .35rem .7rem .35rem 0; }
      .objects td.rank { color: var(--dim); }
      .objects td.object { min-width: 13rem; width: 40%; }
      .objects td.object bdi { overflow-wrap: anywhere;
        font: .82rem/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
      .objects .bar { display: block; height: 4px; margin-top: .25rem; border-radius: 2px;
        background: var(--soft); }
      .objects .bar i { display: block; height: 100%; min-width: 1px; border-radius: 2px;
        background: var(--edge); }
      .objects td.ranked { font-weight: 600; }
      .objects td.zero { color: var(--dim); opacity: .6; }
      .objects tbody tr:hover { background: var(--soft); }
      .objects tfoot td { border-bottom: 0; }
      .objects tfoot tr.total td { font-weight: 600; border-top: 2px solid var(--line); }
      .meter { display: inline-block; width: 2rem; height: .4rem; margin-right: .4rem;
        border-radius: .25rem; background: var(--soft); overflow: hidden; }
      .meter i { display: block; height: 100%; background: var(--ok); }
      .up, .down, .new { white-space: nowrap; }
      details { margin-top: 1rem; } dt { font-weight: 600; margin-top: .5rem; }
      dd { margin: 0; color: var(--dim); }
      @media (max-width: 84rem) { .objects .meter { display: none; }
        .objects th, .objects td { padding-right: .5rem; } }
      @media (max-width: 56rem) { .objects thead { display: none; }
        .objects, .objects tbody, .objects tfoot { display: block; }
        .objects tr { display: grid; grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr));
          gap: .1rem 1rem; padding: .7rem 0; border-bottom: 1px solid var(--line); }
        .objects td { border: 0; padding: 0; }
        .objects td.number { display: flex; justify-content: space-between; align-items: baseline;
          gap: .5rem; }
        .objects td.number::before { content: attr(data-label); color: var(--dim);
          font-weight: 400; font-size: .8rem; }
        .objects td.object { grid-column: 1 / -1; width: auto; min-width: 0; }
        .objects td.rank, .objects td.zero, .objects tfoot td.none { display: none; }
        .objects tfoot tr.total td { border-top: 0; } }
      @media print { form, .presets, .crumb { display: none; } }
      """;

  private ReportStyle() {}
}
