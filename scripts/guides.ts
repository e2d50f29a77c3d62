import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Guide, GuideField, GuideStep } from '../guides/guide';

const root = resolve(__dirname, '..');

/** What the placeholders of a guide are called where it is read without a product. */
const words: Readonly<Record<string, string>> = {
  product: 'your application',
  operator: 'the operator',
  baseUrl: 'the Base URL',
  token: 'the API token',
  tokenEndpoint: 'the token endpoint',
  clientId: 'the client identifier',
  clientSecret: 'the client secret',
};

const named = (text: string) => text.replace(/\{(\w+)\}/g, (all, name: string) => words[name] ?? all);

/** Every guide of guides/, by its file's name. */
export function loadGuides(): readonly Guide[] {
  return readdirSync(join(root, 'guides'))
    .filter((name) => name.endsWith('.json') && name !== 'guide.schema.json')
    .map((name) => JSON.parse(readFileSync(join(root, 'guides', name), 'utf8')) as Guide);
}

/** The pages of docs/ that hold a guide, with the text that they should have. */
export function guideDocuments(): ReadonlyMap<string, string> {
  const pages = loadGuides().flatMap((guide): [string, string][] => {
    if (guide.id === 'other') return [];
    const page = join(root, 'docs', `${guide.id}.md`);
    const [begin, end] = [`<!-- guide: ${guide.id} -->\n`, '<!-- end of the guide -->'];
    const text = readFileSync(page, 'utf8');
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from === -1 || to < from) throw new Error(`${page} lacks "${begin.trim()}" or, behind it, "${end}"`);
    return [[page, `${text.slice(0, from)}${begin}\n${markdown(guide)}\n${text.slice(to)}`]];
  });
  return new Map(pages);
}

function markdown(guide: Guide): string {
  const { before, choice } = guide;
  const sources = guide.sources.map((source) => `[${new URL(source).host}](${source})`).join(', ');
  return [
    `*Written by \`npm run guides-doc\` from \`guides/${guide.id}.json\`, which the setup portal shows as well. Names checked on ${guide.checkedOn} against ${sources}.*`,
    'The checklist, *Status → Failures* and “this site” are those of the [setup portal](portal.md). Without it, `npx scim-admin activity <tenant> --follow` shows what arrives, and why something failed.',
    '### Before you begin',
    list(before.need),
    `**Users who exist already.** ${before.existing.join(' ')}`,
    `**A removal.** ${before.removal.join(' ')}`,
    `**How to stop.** ${before.stop.join(' ')}`,
    `**Waiting.** ${before.waiting}`,
    ...(choice
      ? [`### ${choice.question}`, list(choice.options.map((option) => `**${option.label}**: ${option.help}`))]
      : []),
    ...guide.steps.flatMap((step) => stepMarkdown(step, guide)),
  ]
    .map((part) => `${named(part)}\n`)
    .join('\n');
}

function stepMarkdown(step: GuideStep, { choice }: Guide): readonly string[] {
  const only = choice?.options.filter(({ id }) => step.for?.includes(id)).map(({ label }) => label) ?? [];
  return [
    `### ${step.title}`,
    ...(only.length > 0 ? [`*Only for: ${only.join('; ')}.*`] : []),
    step.do.map((sentence, index) => `${index + 1}. ${sentence}`).join('\n'),
    ...(step.fields ? fieldsMarkdown(step.fields) : []),
    `You should see now: ${step.see}`,
    ...(step.unverified
      ? ['*Names may differ slightly: they were not found in the documentation of the vendor.*']
      : []),
    ...(step.why ?? []).map(({ question, answer }) => `**${question.replace(/[^?]$/, '$&.')}** ${answer}`),
  ];
}

function fieldsMarkdown(fields: readonly GuideField[]): readonly string[] {
  const rows = fields.map(
    ({ label, help, ...field }) => `| ${label} | ${[value(field), help].filter(Boolean).join('. ')} |`,
  );
  const long = fields.flatMap(({ paste }) => (paste?.includes('\n') ? [`\`\`\`json\n${paste}\n\`\`\``] : []));
  return [['| field | value |', '| --- | --- |', ...rows].join('\n'), ...long];
}

function value({ paste, choose }: Pick<GuideField, 'paste' | 'choose'>): string {
  if (paste === undefined) return choose ?? '';
  if (paste.includes('\n')) return 'see below';
  return /^\{\w+\}$/.test(paste) ? paste : `\`${paste}\``;
}

const list = (items: readonly string[]) => items.map((item) => `- ${item}`).join('\n');
