"""The rules of the policy: each looks at a situation and gives a decision or None."""
