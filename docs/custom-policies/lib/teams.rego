package lib.teams

# Who may own a bucket. Teams come and go; buckets should not be left behind.
known := {"payments", "search", "platform"}
