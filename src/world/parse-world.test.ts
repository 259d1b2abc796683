import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseWorld } from './parse-world.ts'
import { WorldFileError } from './world-file-error.ts'

const subscription = 'subscriptions:\n  - name: Test\n    id: 11111111-2222-4333-8444-555555555555\n'
const group = `${subscription}    resourceGroups:\n      - name: shop\n`
const machine = `${group}        virtualMachines: [{ name: web-1 }]\n`

test('lists that are left out are empty; a property that is left out stays unsaid', () => {
  const [first] = parseWorld(machine, 'lanyard.yaml').world.subscriptions
  assert.deepEqual(first?.resourceGroups, [
    {
      name: 'shop',
      userAssignedIdentities: [],
      virtualMachines: [{ name: 'web-1', userAssignedIdentities: [] }],
      machines: [],
      resources: [],
    },
  ])
})

test('JSON is read too, and so are anchors, merge keys and a byte order mark', () => {
  const json = parseWorld(JSON.stringify(parseWorld(machine, 'a').world), 'b').world
  assert.deepEqual(json, parseWorld(machine, 'a').world)
  const anchors = `\ufeff${group}        tags: &tags { team: web }\n        virtualMachines:\n          - &one { name: web-1, tags: *tags }\n          - { <<: *one, name: web-2 }\n`
  const machines = parseWorld(anchors, 'lanyard.yaml').world.subscriptions[0]?.resourceGroups[0]?.virtualMachines
  assert.deepEqual(
    machines?.map(({ name, tags }) => [name, tags]),
    [
      ['web-1', { team: 'web' }],
      ['web-2', { team: 'web' }],
    ],
  )
})

const roles = (assignment: string) => `${machine}roleAssignments:\n  - ${assignment}\n`
const reader = (principal: string) => roles(`{ role: Reader, scope: resourceGroups/shop, principal: ${principal} }`)
const users = (text: string) => `${subscription}users: [${text}]\n`
const applications = (text: string) => `${subscription}applications: [${text}]\n`

/** What is wrong, the file, and all that is said of it. */
const mistakes: readonly (readonly [string, string, RegExp])[] = [
  // what is no YAML
  ['nothing', '', /^w\.yaml: is empty; expected at least 'subscriptions:' with one subscription$/],
  ['a comment alone', '# later\n', /^w\.yaml: is empty/],
  ['an open bracket', 'subscriptions: [\n', /^w\.yaml:2:1: not YAML: /],
  ['an open quote', 'subscriptions: "x', /^w\.yaml:1:18: not YAML: Missing closing "quote$/],
  ['a colon too many', 'a: b: c\n', /^w\.yaml:1:4: not YAML: Nested mappings/],
  ['a reserved sign', `${subscription}x: @y\n`, /^w\.yaml:4:4: not YAML: .*reserved character @$/],
  ['a tab', 'subscriptions:\n\t- name: x\n', /^w\.yaml:2:1: a tab; indent with spaces, as YAML demands$/],
  [
    'a property twice',
    `${subscription}applications: []\napplications: []\n`,
    /^w\.yaml:5:1: this property stands here a second time; each may stand once$/,
  ],
  ['two documents', `${subscription}---\na: 1\n`, /^w\.yaml:4:1: a second document begins here; a world file is one document$/],
  ['an alias of nothing', `${subscription}applications: *apps\n`, /^w\.yaml: Unresolved alias .*: apps$/],
  ['an anchor in itself', `${subscription}applications: &a [*a]\n`, /^w\.yaml: an anchor holds an alias of itself$/],
  ['a tag', `${subscription}applications: !apps []\n`, /^w\.yaml:4:15: not YAML: Unresolved tag: !apps$/],
  [
    'aliases of aliases without end',
    `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n`,
    /^w\.yaml: Excessive alias count/,
  ],
  // wrong types
  ['a list at the top', '- a\n', /^w\.yaml:1:1: expected properties .*; this is a list$/],
  ['text at the top', 'hello\n', /^w\.yaml:1:1: expected properties .*; this is text$/],
  [
    'no subscriptions',
    'applications: []\n',
    /^w\.yaml:1:1: subscriptions: is missing; expected a list \(Subscriptions; at least one\)$/,
  ],
  ['an empty list of them', 'subscriptions: []\n', /^w\.yaml:1:16: subscriptions: expected at least one subscription$/],
  ['a property without a value', 'subscriptions:\n', /^w\.yaml:\d:\d+: subscriptions: is empty; expected a list \(Subscriptions/],
  [
    'a number for text',
    'subscriptions:\n  - name: 7\n    id: 11111111-2222-4333-8444-555555555555\n',
    /^w\.yaml:2:11: subscriptions\.0\.name: expected text \(.*\); this is a number: put it in quotes$/,
  ],
  [
    'text for true',
    `${group}        virtualMachines: [{ name: a, systemAssignedIdentity: "yes" }]\n`,
    /^w\.yaml:6:\d+: .*systemAssignedIdentity: expected true or false \(Whether .*\); this is text$/,
  ],
  [
    'properties for a list',
    `${group}        virtualMachines: { name: web-1 }\n`,
    /^w\.yaml:6:26: .*\.virtualMachines: expected a list \(Virtual machines in this group\); this is properties$/,
  ],
  [
    'a number for a tag',
    `${group}        tags: { cost: 7 }\n`,
    /^w\.yaml:6:23: .*tags\.cost: expected text; this is a number: put it in quotes$/,
  ],
  [
    'a missing name',
    'subscriptions:\n  - id: 11111111-2222-4333-8444-555555555555\n',
    /^w\.yaml:2:5: subscriptions\.0\.name: is missing; expected text \(Display name of the subscription\)$/,
  ],
  [
    'an empty name',
    'subscriptions:\n  - { name: "", id: 11111111-2222-4333-8444-555555555555 }\n',
    /^w\.yaml:2:13: subscriptions\.0\.name: is empty; expected text/,
  ],
  [
    'a bad GUID',
    'subscriptions:\n  - name: Test\n    id: not-a-guid\n',
    /^w\.yaml:3:9: subscriptions\.0\.id: expected a GUID \(8-4-4-4-12 hexadecimal digits\), and this is 'not-a-guid'$/,
  ],
  [
    'a bad machine name',
    `${group}        virtualMachines: [{ name: "web 1" }]\n`,
    /^w\.yaml:6:35: .*name: expected letters, digits/,
  ],
  [
    'a bad group name',
    `${subscription}    resourceGroups: [{ name: shop. }]\n`,
    /^w\.yaml:4:30: .*name: expected 1 to 90 letters.*no period at the end$/,
  ],
  ['a bad identity name', `${group}        userAssignedIdentities: [{ name: a }]\n`, /^w\.yaml:6:42: .*name: expected 3 to 128/],
  [
    'a short secret',
    applications('{ name: a, secret: short }'),
    /^w\.yaml:4:35: applications\.0\.secret: expected at least 8 characters$/,
  ],
  [
    'a short password',
    users('{ name: Ada, userPrincipalName: ada@lanyard.local, password: short }'),
    /^w\.yaml:4:70: users\.0\.password: expected at least 8 characters$/,
  ],
  [
    'a user without a domain',
    users('{ name: Ada, userPrincipalName: ada }'),
    /^w\.yaml:4:41: users\.0\.userPrincipalName: expected a user principal name, for instance ada@lanyard\.local$/,
  ],
  [
    'the administrator',
    users('{ name: Me, userPrincipalName: Administrator@Lanyard.local, password: 12345678a }'),
    /^w\.yaml:4:40: .*: administrator@lanyard\.local is there already: every installation has it, and its password is the sign-in code$/,
  ],
  // unknown properties
  [
    'another casing',
    `${subscription}    resourcegroups: []\n`,
    /^w\.yaml:4:5: subscriptions\.0: there is no property 'resourcegroups' here; did you mean 'resourceGroups'\?$/,
  ],
  [
    'two letters exchanged',
    `${subscription}applicatoins: []\n`,
    /^w\.yaml:4:1: there is no property 'applicatoins' here; did you mean 'applications'\?$/,
  ],
  [
    'something else',
    `${subscription}groups: []\n`,
    /^w\.yaml:4:1: there is no property 'groups' here; expected one of subscriptions, applications, users, roleAssignments, logs, faults$/,
  ],
  // the same twice
  [
    'a subscription twice',
    `${subscription}  - { name: Other, id: 11111111-2222-4333-8444-555555555555 }\n`,
    /^w\.yaml:4:\d+: subscriptions\.1\.id: the subscription id '1.*' stands at subscriptions\.0\.id already$/,
  ],
  [
    'a group twice',
    `${group}      - name: SHOP\n`,
    /^w\.yaml:6:15: .*: the resource group 'SHOP' stands at subscriptions\.0\.resourceGroups\.0\.name already$/,
  ],
  [
    'a machine twice',
    `${group}        virtualMachines: [{ name: a }, { name: A }]\n`,
    /^w\.yaml:6:\d+: .*the virtual machine 'A' stands at/,
  ],
  [
    'an identity twice',
    `${group}        userAssignedIdentities: [{ name: app }, { name: app }]\n`,
    /^w\.yaml:6:\d+: .*the user-assigned identity 'app' stands at/,
  ],
  [
    'a resource twice',
    `${group}        resources: [{ type: A.B/c, name: d }, { type: a.b/C, name: D }]\n`,
    /^w\.yaml:6:\d+: .*the resource 'a\.b\/C D' stands at/,
  ],
  [
    'an application twice',
    applications('{ name: a }, { name: a }'),
    /^w\.yaml:4:\d+: applications\.1\.name: the application 'a' stands at/,
  ],
  [
    'a client id twice',
    applications(
      '{ name: a, clientId: 11111111-2222-4333-8444-555555555555 }, { name: b, clientId: 11111111-2222-4333-8444-555555555555 }',
    ),
    /^w\.yaml:4:\d+: applications\.1\.clientId: the client id '1.*' stands at/,
  ],
  [
    'an identifier URI twice',
    applications('{ name: a, identifierUris: [api://x] }, { name: b, identifierUris: [API://x] }'),
    /^w\.yaml:4:\d+: applications\.1\.identifierUris\.0: the identifier URI 'API:\/\/x' stands at/,
  ],
  // what is not there
  [
    'an identity of no group',
    `${group}        userAssignedIdentities: [{ name: orders }]\n        virtualMachines: [{ name: a, userAssignedIdentities: [order] }]\n`,
    /^w\.yaml:7:\d+: .*: the group 'shop' of this file has no user-assigned identity 'order'; did you mean 'orders'\?$/,
  ],
  [
    'the id of another type',
    `${group}        virtualMachines: [{ name: a, userAssignedIdentities: [/subscriptions/s/resourceGroups/g/providers/A.B/c/d] }]\n`,
    /^w\.yaml:6:\d+: .*: expected the resource id of a user-assigned identity, and this is one of a A\.B\/c$/,
  ],
  [
    'an id that is none',
    `${group}        virtualMachines: [{ name: a, userAssignedIdentities: [/nothing] }]\n`,
    /^w\.yaml:6:\d+: .*: '\/nothing' is not a resource id: 'providers' is expected/,
  ],
  [
    'a machine under resources',
    `${group}        resources: [{ type: Microsoft.Compute/virtualMachines, name: a }]\n`,
    /^w\.yaml:6:\d+: .*\.type: write a Microsoft\.Compute\/virtualMachines under virtualMachines$/,
  ],
  [
    'a type without a name',
    `${group}        resources: [{ type: Microsoft.Sql, name: a }]\n`,
    /^w\.yaml:6:\d+: .*type: expected a resource type/,
  ],
  [
    'a nested type with one name',
    `${group}        resources: [{ type: Microsoft.Sql/servers/databases, name: a }]\n`,
    /^w\.yaml:6:\d+: .*name: expected 2 name\(s\) with \/ between/,
  ],
  [
    'a state that the platform sets',
    `${group}        resources: [{ type: A.B/c, name: d, properties: { provisioningState: Failed } }]\n`,
    /^w\.yaml:6:\d+: .*provisioningState is set by the platform$/,
  ],
  [
    'a number that JSON lacks',
    `${group}        resources: [{ type: A.B/c, name: d, properties: { a: [.nan] } }]\n`,
    /^w\.yaml:6:\d+: .*properties: expected JSON, which has no \.nan and no \.inf$/,
  ],
  [
    'an unknown machine',
    reader('{ virtualMachine: web1 }'),
    /^w\.yaml:8:\d+: roleAssignments\.0\.principal\.virtualMachine: this file has no virtual machine 'web1'; did you mean 'web-1'\?$/,
  ],
  [
    'an unknown identity',
    reader('{ userAssignedIdentity: web-1 }'),
    /^w\.yaml:8:\d+: .*userAssignedIdentity: this file has no user-assigned identity 'web-1'; it has none$/,
  ],
  [
    'an unknown application',
    reader('{ application: deployer }'),
    /^w\.yaml:8:\d+: .*application: this file has no application 'deployer'; it has none$/,
  ],
  [
    'an unknown user',
    `${users('{ name: Ada, userPrincipalName: ada@lanyard.local }')}roleAssignments: [{ role: Reader, scope: /, principal: { user: adam@lanyard.local } }]\n`,
    /^w\.yaml:5:\d+: .*principal\.user: this file has no user 'adam@lanyard\.local'; did you mean 'ada@lanyard\.local'\?$/,
  ],
  [
    'a user twice',
    users('{ name: A, userPrincipalName: a@b.c }, { name: B, userPrincipalName: A@B.C }'),
    /^w\.yaml:4:\d+: users\.1\.userPrincipalName: the user principal name 'A@B\.C' stands at users\.0\.userPrincipalName already$/,
  ],
  [
    'two machines of that name',
    `${machine}      - name: other\n        virtualMachines: [{ name: web-1 }]\nroleAssignments: [{ role: Reader, scope: /, principal: { virtualMachine: web-1 } }]\n`,
    /^w\.yaml:9:\d+: .*: there are several virtual machines 'web-1' in this file; write \/subscriptions\/.*\/shop\/.* or \/subscriptions\/.*\/other\/.*$/,
  ],
  [
    'a role for an identity that is off',
    `${group}        virtualMachines: [{ name: a, systemAssignedIdentity: false }]\nroleAssignments: [{ role: Reader, scope: /, principal: { virtualMachine: a } }]\n`,
    /^w\.yaml:7:\d+: .*: 'a' has systemAssignedIdentity: false, so it has nothing to give a role to$/,
  ],
  [
    'two principals',
    reader('{ virtualMachine: web-1, application: b }'),
    /^w\.yaml:8:\d+: .*principal: expected exactly one of virtual/,
  ],
  ['no principal', reader('{}'), /^w\.yaml:8:\d+: .*principal: expected exactly one of virtual/],
  [
    'an unknown group',
    roles('{ role: Reader, scope: resourceGroups/shp, principal: { virtualMachine: web-1 } }'),
    /^w\.yaml:8:\d+: roleAssignments\.0\.scope: the first subscription of this file has no resource group 'shp'; did you mean 'shop'\?$/,
  ],
  [
    'a scope that is none',
    roles('{ role: Reader, scope: shop, principal: { virtualMachine: web-1 } }'),
    /^w\.yaml:8:\d+: roleAssignments\.0\.scope: expected a resource id, or resourceGroups\/NAME, or \/ for everything$/,
  ],
]

for (const [what, text, said] of mistakes) {
  test(`a mistake is told with its place: ${what}`, () => {
    assert.throws(
      () => parseWorld(text, 'w.yaml'),
      (error) => {
        assert.ok(error instanceof WorldFileError, String(error))
        assert.match(error.message, said)
        return true
      },
    )
  })
}

test('every mistake has a line, up to twenty', () => {
  const message = (count: number) => {
    const machines = Array.from({ length: count }, () => '{}').join(', ')
    try {
      parseWorld(`${group}        virtualMachines: [${machines}]\n`, 'w.yaml')
    } catch (error) {
      return (error as WorldFileError).message.split('\n')
    }
    throw new Error('the file was accepted')
  }
  assert.equal(message(3).length, 3)
  assert.equal(message(25).length, 21)
  assert.equal(message(25).at(-1), 'and 5 more')
})

test('neither a secret nor a password is shown', () => {
  for (const text of [
    applications('{ name: a, secret: s3cret }, { name: b, secret: 12345678901 }'),
    users('{ name: a, userPrincipalName: a@b.c, password: s3cret }, { name: b, userPrincipalName: b, password: 12345678901 }'),
  ]) {
    assert.throws(
      () => parseWorld(text, 'w.yaml'),
      (error: Error) => !/s3cret|12345678901/.test(error.message),
    )
  }
})
