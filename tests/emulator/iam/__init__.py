"""Access control: may this caller do what this request asks?

moto checks the name of the action against identity policies, often under a wrong name, and
hardly looks at resources, conditions, trust policies or session policies. Here the decision is
made before moto is asked: identity policies and permissions boundary, session policy, trust
policy, bucket policy and key policy, with resources and conditions.
"""

from emulator.iam.access import Access, Need
from emulator.iam.authorization import authorize, service_may_assume

__all__ = ["Access", "Need", "authorize", "service_may_assume"]
