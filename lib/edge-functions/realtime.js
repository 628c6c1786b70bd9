// CloudFront Function: /ws/room/<code>/?token= becomes /<stage>?room=<CODE>&token=, the only form that API Gateway takes.
// Plain JavaScript of CloudFront's runtime 2.0: no destructuring, no optional chaining.
function handler(event) {
  const request = event.request
  const match = /^\/ws\/room\/([^/]+)\/?$/.exec(request.uri)
  if (match === null) return { statusCode: 404, statusDescription: 'Not Found' }
  const query = { room: { value: match[1].toUpperCase() } }
  if (request.querystring.token) query.token = request.querystring.token
  request.uri = '/__STAGE__'
  request.querystring = query
  return request
}
