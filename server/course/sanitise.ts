/** Lets through the HTML that lessons are made of, and nothing that runs, loads from elsewhere or pretends to be the page. */
import sanitizeHtml from 'sanitize-html';

const BLOCKS = [
  'p',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul',
  'ol',
  'li',
  'dl',
  'dt',
  'dd',
  'blockquote',
  'pre',
  'hr',
  'br',
  'figure',
  'figcaption',
  'details',
  'summary',
  'div',
  'section',
];
const INLINE = [
  'a',
  'b',
  'i',
  'em',
  'strong',
  'del',
  's',
  'u',
  'code',
  'kbd',
  'samp',
  'var',
  'sub',
  'sup',
  'abbr',
  'mark',
  'small',
  'span',
  'q',
  'cite',
  'img',
  'input',
];
const TABLES = ['table', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td', 'caption'];

export const HEADING_PREFIX = 'h-';

/** Turns a relative address of the lesson into one of the page. */
export type ResolveAddress = (href: string) => string;

/** Elements of our own making carry `data-slot`; authors cannot know its values. Their attributes are added afterwards. */
export function sanitise(html: string, resolve: ResolveAddress): string {
  return sanitizeHtml(html, {
    allowedTags: [...BLOCKS, ...INLINE, ...TABLES],
    allowedAttributes: {
      a: [
        'href',
        'title',
        'id',
        'rel',
        'target',
        'data-footnote-ref',
        'data-footnote-backref',
        'aria-describedby',
        'aria-label',
      ],
      img: ['src', 'alt', 'title', 'width', 'height', 'loading'],
      input: ['type', 'checked', 'disabled'],
      td: ['align', 'colspan', 'rowspan'],
      th: ['align', 'colspan', 'rowspan', 'scope'],
      ol: ['start'],
      abbr: ['title'],
      details: ['open'],
      section: ['data-slot', 'data-footnotes'],
      div: ['data-slot'],
      figure: ['data-slot'],
      h1: ['id'],
      h2: ['id'],
      h3: ['id'],
      h4: ['id'],
      h5: ['id'],
      h6: ['id'],
      li: ['id'],
    },
    allowedClasses: {
      div: ['markdown-alert', 'markdown-alert-*'],
      p: ['markdown-alert-title'],
      section: ['footnotes'],
      h2: ['sr-only'],
      code: ['hljs', 'language-*'],
      span: ['hljs-*'],
    },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowedSchemesByTag: { img: [] },
    allowProtocolRelative: false,
    transformTags: {
      a: (tagName, attributes) => ({ tagName, attribs: linkAttributes(attributes, resolve) }),
      img: (tagName, attributes) => ({ tagName, attribs: pictureAttributes(attributes, resolve) }),
      // The only input of markdown is the box of a task list.
      input: () => ({ tagName: 'input', attribs: { type: 'checkbox', disabled: '' } }),
      ...Object.fromEntries(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'li'].map((tag) => [tag, keepOwnId])),
    },
  });
}

/** Ids that the page uses must not be taken by a lesson: headings begin with a prefix, footnotes with theirs. */
const OWN_ID = /^(?:h-|footnote-)/;

function keepOwnId(tagName: string, attribs: sanitizeHtml.Attributes): sanitizeHtml.Tag {
  const { id, ...others } = attribs;
  return { tagName, attribs: id !== undefined && OWN_ID.test(id) ? { ...others, id } : others };
}

function linkAttributes(attributes: sanitizeHtml.Attributes, resolve: ResolveAddress): sanitizeHtml.Attributes {
  const { href = '', title } = attributes;
  const own = keepOwnId('a', attributes).attribs;
  const kept = Object.fromEntries(
    ['id', 'data-footnote-ref', 'data-footnote-backref', 'aria-describedby', 'aria-label'].flatMap((name) =>
      own[name] === undefined ? [] : [[name, own[name]]],
    ),
  );
  const base = { ...kept, ...(title === undefined ? {} : { title }) };
  if (href.startsWith('#')) {
    const isOwn = href.startsWith('#footnote-') || href.startsWith('#task-');
    return { ...base, href: isOwn ? href : `#${HEADING_PREFIX}${href.slice(1)}` };
  }
  if (/^https?:/i.test(href)) return { ...base, href, rel: 'noopener noreferrer', target: '_blank' };
  return href === '' ? base : { ...base, href: isRelative(href) ? resolve(href) : href };
}

function pictureAttributes(attributes: sanitizeHtml.Attributes, resolve: ResolveAddress): sanitizeHtml.Attributes {
  const { src = '', ...others } = attributes;
  // Not even http: the page's policy loads pictures from this server alone.
  return isRelative(src) && src !== '' ? { ...others, src: resolve(src), loading: 'lazy' } : others;
}

function isRelative(href: string): boolean {
  return !/^(?:[a-z][a-z0-9+.-]*:|\/|\\|#)/i.test(href.trim());
}
