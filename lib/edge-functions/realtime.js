// CloudFront Function: /ws/room/<code>/?token= becomes /<stage>?room=<CODE>&token=, the only form that API Gateway takes.
// It also tells the API from which address the viewer came, whatever the viewer says of it.
// Plain JavaScript of CloudFront's runtime 2.0: no destructuring, no optional chaining.
function handler(event) {
  const request = event.request
  const match = /^\/ws\/room\/([^/]+)\/?$/.exec(request.uri)
  if (match === null) return { statusCode: 404, statusDescription: 'Not Found' }
  // Anything else might be read as a further parameter of the query behind it. No room has such a code.
  if (!/^[A-Za-z0-9]{6,7}$/.test(match[1])) return { statusCode: 403, statusDescription: 'Forbidden' }
  const query = { room: { value: match[1].toUpperCase() } }
  if (request.querystring.token) query.token = request.querystring.token
  request.uri = '/__STAGE__'
  request.querystring = query
  request.headers['x-streamit-viewer'] = { value: event.viewer.ip }
  return request
}
