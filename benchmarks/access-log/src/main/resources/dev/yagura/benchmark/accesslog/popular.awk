# The ten columns of each object, by AWS's definitions; tabs between them, the object last.
BEGIN { FS = "\t"; OFS = "\t" }
/^#Fields:/ {
  count = split(substr($0, 10), names, " ")
  for (i = 1; i <= count; i++) column[names[i]] = i
  object = column["cs-uri-stem"]; size = column["sc-bytes"]; code = column["sc-status"]
  result = column["x-edge-result-type"]; response = column["x-edge-response-result-type"]
  next
}
/^#/ { next }
{
  o = $object; r = $result; p = $response; b = $size; s = $code
  requests[o]++
  bytes[o] += b
  if (p == "Hit") hits[o]++; else if (p == "Miss") misses[o]++
  if (r == "Miss") missed[o] += b
  else if (r == "Error" && s == 200) incomplete[o]++
  class = substr(s, 1, 1)
  if (class == "2") two[o]++
  else if (class == "3") three[o]++
  else if (class == "4") four[o]++
  else if (class == "5") five[o]++
}
END {
  for (o in requests)
    printf "%d\t%d\t%d\t%.0f\t%.0f\t%d\t%d\t%d\t%d\t%d\t%s\n", requests[o], hits[o], misses[o],
      missed[o], bytes[o], incomplete[o], two[o], three[o], four[o], five[o], o
}
