-- Makes functions that Aurora does not support fail in this database as they do there, with SQLSTATE
-- 0A000. Which they are is documented in AWS' Aurora user guide and in reports of its users; the text
-- of the errors is ours. Run it as a superuser after stand-ins.sql.
--
-- A function of the server's own is called by its number, whatever pg_proc says: to replace one, it is
-- renamed and another one takes its name. Views that call it by number keep the real one.

SET allow_system_table_mods = on;
SET client_min_messages = warning;

DO $do$
DECLARE
  wanted record;
BEGIN
  FOR wanted IN
    SELECT * FROM (VALUES
      ('pg_ls_waldir', 'SETOF record',
       'OUT name text, OUT size bigint, OUT modification timestamptz'),
      ('pg_last_xact_replay_timestamp', 'timestamptz', ''),
      ('pg_last_wal_receive_lsn', 'pg_lsn', '')) v (name, result, arguments)
  LOOP
    IF to_regproc('pg_catalog.not_on_aurora_' || wanted.name) IS NULL THEN
      EXECUTE format('ALTER FUNCTION pg_catalog.%I() RENAME TO %I',
                     wanted.name, 'not_on_aurora_' || wanted.name);
    END IF;
    EXECUTE format($f$
      CREATE OR REPLACE FUNCTION pg_catalog.%I(%s) RETURNS %s LANGUAGE plpgsql VOLATILE AS $body$
      BEGIN
        RAISE EXCEPTION 'Function %s() is currently not supported for Aurora'
          USING ERRCODE = 'feature_not_supported';
      END
      $body$ $f$, wanted.name, wanted.arguments, wanted.result, wanted.name);
  END LOOP;
END
$do$;
