// Nothing but Node's fetch: a token of the machine, and with it the subscriptions that the machine may see.
const get = async (url, headers) => (await fetch(url, { headers })).json()
const audience = 'https://management.azure.com/'
const imds = `http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=${audience}`
const { access_token: token } = await get(imds, { Metadata: 'true' })
const { value } = await get(`${audience}subscriptions?api-version=2022-12-01`, { Authorization: `Bearer ${token}` })
console.log(value.map(({ displayName }) => displayName).join(' '))
