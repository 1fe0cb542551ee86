import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { HighlightStyle, bracketMatching, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import { html as htmlLanguage } from '@codemirror/lang-html';
import { yaml as yamlLanguage } from '@codemirror/lang-yaml';
import { tags } from '@lezer/highlight';
import './editor.css';

const LANGUAGES = { yaml: yamlLanguage, html: htmlLanguage };

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName), tags.attributeName], color: 'var(--busy)' },
  { tag: [tags.string, tags.attributeValue], color: 'var(--good)' },
  { tag: [tags.keyword, tags.tagName, tags.number, tags.bool], color: 'var(--accent)' },
  { tag: [tags.comment, tags.meta, tags.angleBracket], color: 'var(--muted)' },
]);

const look = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'var(--surface)', fontSize: 'var(--step--1)', minHeight: '12rem', maxHeight: '32rem' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.6', overflow: 'auto' },
  '.cm-gutters': { color: 'var(--muted)', backgroundColor: 'var(--sunken)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--accent-soft) 45%, transparent)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--busy-soft) !important' },
  '.cm-tooltip': { color: 'var(--ink)', backgroundColor: 'var(--raised)', border: '1px solid var(--line-strong)' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { color: 'var(--accent-ink)', backgroundColor: 'var(--accent)' },
  '.cm-completionDetail': { color: 'var(--muted)' },
  'li[aria-selected] .cm-completionDetail': { color: 'inherit' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--warn)' },
});

/**
 * A replacement of selected text is made by the editor and not by the browser, which would carry the old text's look over as an
 * inline style: the content security policy refuses that.
 */
const replacing = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const text = event.data ?? event.dataTransfer?.getData('text/plain') ?? (event.inputType.startsWith('delete') ? '' : null);
    const { from, to } = replaced(event, view);
    if (event.isComposing || view.state.readOnly || from === to || text === null || event.inputType.startsWith('history')) {
      return false;
    }
    event.preventDefault();
    view.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length }, userEvent: text ? 'input.type' : 'delete', scrollIntoView: true });
    return true;
  },
});

/** What an input would replace. In a shadow root the event may not know: then it is what is selected there. */
function replaced(event, view) {
  const selection = view.root.getSelection?.();
  const range = event.getTargetRanges?.()[0] ?? (selection?.rangeCount ? selection.getRangeAt(0) : null);
  if (range && !range.collapsed && view.contentDOM.contains(range.startContainer) && view.contentDOM.contains(range.endContainer)) {
    return { from: view.posAtDOM(range.startContainer, range.startOffset), to: view.posAtDOM(range.endContainer, range.endOffset) };
  }
  return view.state.selection.main;
}

/**
 * A code editor in a shadow root, where its styles are constructed style sheets. Tab indents; Escape and then Tab leaves it.
 *
 * Attributes: `label`, `language`. Properties: `value`, `readonly`, `complete` (a CodeMirror completion source), `findings`:
 * `[{line, column, length, severity: 'error' | 'warning', message}]`, 1-based. Fires `change` with `detail.value`.
 */
class CodeEditor extends HTMLElement {
  #view = null;
  #locked = new Compartment();
  #value = '';
  #readonly = false;
  #findings = [];

  complete = null;

  connectedCallback() {
    if (this.#view) {
      return;
    }
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    this.#view = new EditorView({ root, parent: root, state: this.#state(this.#value) });
    this.findings = this.#findings;
  }

  disconnectedCallback() {
    this.#view?.destroy();
    this.#view = null;
  }

  get value() {
    return this.#view ? this.#view.state.doc.toString() : this.#value;
  }

  /** Another text begins anew, without the history of the one before. */
  set value(text) {
    if (text !== this.value) {
      this.#value = text;
      this.#view?.setState(this.#state(text));
    }
  }

  set readonly(locked) {
    this.#readonly = Boolean(locked);
    this.#view?.dispatch({ effects: this.#locked.reconfigure(this.#lock()) });
  }

  set findings(found) {
    this.#findings = found ?? [];
    if (this.#view) {
      this.#view.dispatch(setDiagnostics(this.#view.state, this.#findings.map(one => this.#diagnostic(one))));
    }
  }

  focus() {
    this.#view?.focus();
  }

  /** Moves the cursor to a line and column, 1-based. */
  goTo(line, column = 1) {
    const at = this.#position(line, column);
    this.#view?.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
    this.focus();
  }

  #lock() {
    return [EditorState.readOnly.of(this.#readonly)];
  }

  #state(doc) {
    const language = LANGUAGES[this.getAttribute('language')];
    return EditorState.create({
      doc,
      extensions: [
        lineNumbers(), lintGutter(), history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(),
        highlightActiveLine(), highlightActiveLineGutter(), EditorView.lineWrapping, look, syntaxHighlighting(colours), replacing,
        language ? language() : [],
        autocompletion({ override: [context => this.complete?.(context) ?? null] }),
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab]),
        this.#locked.of(this.#lock()),
        EditorView.contentAttributes.of({ 'aria-label': this.getAttribute('label') ?? 'Editor', spellcheck: 'false', tabindex: '0' }),
        EditorView.updateListener.of(update => {
          if (update.docChanged) {
            this.dispatchEvent(new CustomEvent('change', { detail: { value: update.state.doc.toString() } }));
          }
        }),
      ],
    });
  }

  #position(line, column) {
    const { doc } = this.#view.state;
    const there = doc.line(Math.min(Math.max(line ?? 1, 1), doc.lines));
    return Math.min(there.from + Math.max((column ?? 1) - 1, 0), there.to);
  }

  /** Up to the end of the word, or of the line if no column is known. */
  #diagnostic({ line, column, length, severity, message }) {
    const { doc } = this.#view.state;
    const from = this.#position(line, column);
    const end = doc.lineAt(from).to;
    const word = /^[.{]?[\w-]*/.exec(doc.sliceString(from, end))[0].length;
    return { from, to: column ? Math.min(end, from + Math.max(length ?? word, 1)) : end, severity, message };
  }
}

customElements.define('carillon-code-editor', CodeEditor);
