// CloudFront Function: tells the HTTP API from which address the viewer came, whatever the viewer says of it.
// Plain JavaScript of CloudFront's runtime 2.0: no destructuring, no optional chaining.
function handler(event) {
  const request = event.request
  request.headers['x-streamit-viewer'] = { value: event.viewer.ip }
  return request
}
