-- Answers that hold a secret are encrypted; each start looks for those that the present key has not encrypted.

create index idempotency_key_encrypted on idempotency_key (tenant, caller, operation, key) where starts_with(body, 'enc1.');
