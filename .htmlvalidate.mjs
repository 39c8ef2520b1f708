/**
 * Rules for every page of `dist/`, applied by tests/site/html.test.ts. Each rule that is off says why.
 *
 * @type {import('html-validate').ConfigData}
 */
export default {
  extends: ['html-validate:recommended'],
  rules: {
    // The site's name ends every title, and the reader's question comes first: search engines cut the right end.
    'long-title': 'off',
    // React, which renders the forms, writes `autoComplete`, `selected=""` and `<input/>`, and Starlight `<meta/>`:
    // all of it is valid HTML, only not the style this rule prefers.
    'attr-case': 'off',
    'attribute-boolean-style': 'off',
    'void-style': 'off',
    // A group of checkboxes shares one name: that is how several answers to one question are sent.
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit', 'button', 'reset'] }],
    // HTML allows any id without spaces; those of sources are file names and may begin with a figure.
    'valid-id': ['error', { relaxed: true }],
  },
};
