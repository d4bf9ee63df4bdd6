-- Numbers of accounts are given as those of jobs are: never again, not even when an account is erased.

INSERT INTO numbering (name, last) SELECT 'account', coalesce(max(number), 0) FROM
  (SELECT id AS number FROM account UNION ALL
   SELECT CAST(value AS {int}) AS number FROM memo WHERE name = 'erased_account') AS numbers;
DELETE FROM memo WHERE name = 'erased_account';
