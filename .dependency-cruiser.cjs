// Imports run one way: sim <- labs <- grading <- server <- app, and sim <- ui <- app. See ARCHITECTURE.md.
const folder = (...names) => `^(${names.join('|')})/`;
const test = '\\.test\\.tsx?$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'Two files that need each other are one file, or lack a third.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans-abroad',
      severity: 'error',
      comment: 'An import must resolve.',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\.css$' },
    },
    {
      name: 'sim-stands-alone',
      severity: 'error',
      comment: 'The simulated cloud knows nothing outside itself.',
      from: { path: folder('sim'), pathNot: test },
      to: {
        path: folder('app', 'content', 'generated', 'grading', 'labs', 'server', 'ui', 'prisma', 'test'),
        pathNot: '^generated/sandbox/',
      },
    },
    {
      name: 'labs-know-sim',
      severity: 'error',
      comment: 'A lab is data and checks over facts.',
      from: { path: folder('labs'), pathNot: test },
      to: { path: folder('app', 'generated', 'grading', 'server', 'ui', 'prisma', 'test') },
    },
    {
      name: 'grading-knows-labs',
      severity: 'error',
      comment: 'Grading is pure.',
      from: { path: folder('grading'), pathNot: test },
      to: { path: folder('app', 'generated', 'server', 'ui', 'prisma', 'test') },
    },
    {
      name: 'server-below-app',
      severity: 'error',
      comment: 'Commands know no routes and no React.',
      from: { path: folder('server'), pathNot: test },
      to: { path: folder('app', 'ui') },
    },
    {
      name: 'ui-knows-sim',
      severity: 'error',
      comment: 'Panels are functions of a trace and a cursor.',
      from: { path: folder('ui'), pathNot: test },
      to: { path: folder('app', 'grading', 'labs', 'server', 'prisma') },
    },
    {
      name: 'kernel-knows-no-service',
      severity: 'error',
      comment: 'The kernel knows no service.',
      from: { path: '^sim/kernel/', pathNot: test },
      to: { path: '^sim/(services|sandbox|cloudformation)/' },
    },
    {
      name: 'services-do-not-know-each-other',
      severity: 'error',
      comment: 'A service calls an ARN, never a neighbour.',
      from: { path: '^sim/services/([^/]+)/', pathNot: test },
      to: { path: '^sim/services/([^/]+)/', pathNot: '^sim/services/$1/' },
    },
    {
      name: 'pure-has-no-node',
      severity: 'error',
      comment: 'The same code runs in a browser.',
      from: { path: folder('sim', 'labs', 'grading'), pathNot: `${test}|\\.mjs$` },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'only-the-sandbox-knows-quickjs',
      severity: 'error',
      comment: 'One door to the engine.',
      from: { pathNot: '^(sim/sandbox/|scripts/|test/)' },
      to: { path: 'node_modules/(quickjs-emscripten|@jitl)' },
    },
    {
      name: 'only-the-server-knows-prisma',
      severity: 'error',
      comment: 'One door to the database.',
      from: { pathNot: '^(server|scripts|test|prisma)/|^prisma\\.config|^generated/prisma/' },
      to: { path: '^generated/prisma/|node_modules/(@prisma|pg|prisma)/' },
    },
    {
      name: 'keys-stay-on-the-server',
      severity: 'error',
      comment: 'Quiz keys, hidden checks and solutions never reach a browser.',
      from: { path: folder('app', 'ui', 'sim', 'labs', 'grading'), pathNot: `^app/api/|${test}` },
      to: { path: '^generated/content/(questions-server|labs-server)|/(hidden|graded-server)\\.ts$|^labs/[^/]+/(solution|mistakes)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|^generated/prisma' },
    exclude: { path: '^(\\.next|\\.coldstart|node_modules/\\.cache)|^labs/[^/]+/(src|solution|mistakes)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mts', '.mjs', '.js', '.json', '.css', '.mdx'],
    },
  },
};
