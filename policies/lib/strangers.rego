# Accounts that are neither the audited one, nor of the Organization, nor trusted by the operator.
package lib.strangers

known := {account | account := input.account} | members | trusted

members := {account | some account in data.parameters.organization_accounts}

trusted := {account | some account in data.parameters.trusted_accounts}
