# Times as the observations write them: RFC 3339, in UTC.
package lib.moments

# Nanoseconds in a day.
day := ((24 * 60) * 60) * 1000000000

# Nanoseconds since 1970; undefined for what is no time.
nanoseconds(text) := value if {
	is_string(text)
	regex.match(`^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?Z$`, text)
	value := time.parse_rfc3339_ns(text)
}
