package dev.yagura.core.page;

import org.jspecify.annotations.Nullable;

/** What all pages have in common: their looks, and that nothing in them is taken for markup. */
public final class Html {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1c2430; --dim: #5d6b7c; --line: #dfe4ea;
        --paper: #fff; --ground: #f4f6f8; --ok: #1a7f37; --bad: #c62828; --idle: #7a8794;
        --link: #0b57a4; }
      @media (prefers-color-scheme: dark) { :root { --ink: #e3e8ee; --dim: #9aa7b5;
        --line: #2c3640; --paper: #171d24; --ground: #0f1419; --ok: #4cc26a; --bad: #ff6b6b;
        --idle: #8592a0; --link: #6cb4ff; } }
      * { box-sizing: border-box; }
      body { margin: 0; background: var(--ground); color: var(--ink);
        font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
      main { max-width: 68rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
      h1 { font-size: 1.5rem; margin: 0; }
      h2 { font-size: 1.05rem; margin: 0; overflow-wrap: anywhere; }
      a { color: var(--link); }
      p { margin: .25rem 0; }
      .dim { color: var(--dim); }
      nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
      section { background: var(--paper); border: 1px solid var(--line); border-radius: 8px;
        margin-top: 1.25rem; padding: 1rem; overflow-x: auto; }
      header.target { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; }
      .state { font-weight: 600; white-space: nowrap; }
      .ok { color: var(--ok); } .bad { color: var(--bad); } .idle { color: var(--idle); }
      table { border-collapse: collapse; width: 100%; margin-top: .75rem; }
      th { text-align: left; font-weight: 600; color: var(--dim); font-size: .85rem; }
      th, td { padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line);
        vertical-align: top; }
      td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
      td.message { overflow-wrap: anywhere; width: 55%; }
      tr:last-child td { border-bottom: 0; }
      table.note td:last-child { width: 75%; overflow-wrap: anywhere; }
      @media (max-width: 40rem) { thead { display: none; }
        tr { display: flex; flex-wrap: wrap; border-bottom: 1px solid var(--line); }
        td { border: 0; padding-right: 1rem; } td:first-child { flex: 1; }
        td.message { width: 100%; } td.message:empty { display: none; } }
      """;

  private Html() {}

  /**
   * A whole page without script.
   *
   * @param title plain text
   * @param style rules of CSS beside those that all pages share; trusted
   * @param body what stands in it; trusted
   */
  public static String page(String title, String style, CharSequence body) {
    return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
        + "<link rel=\"icon\" href=\"data:,\"><title>"
        + escape(title)
        + "</title><style>"
        + STYLE
        + style
        + "</style></head><body><main>"
        + body
        + "</main></body></html>\n";
  }

  /** The text as text, in an element or in a quoted attribute; nothing for null. */
  public static String escape(@Nullable String text) {
    if (text == null) {
      return "";
    }
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
