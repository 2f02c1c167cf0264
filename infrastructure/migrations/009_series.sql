-- A workspace counts several things: tickets, and now deals. The counter gets a series, and so does
-- the append function; who tells none counts tickets, as before.

ALTER TABLE ticket_counter ADD COLUMN series text NOT NULL DEFAULT 'tickets';
ALTER TABLE ticket_counter DROP CONSTRAINT ticket_counter_pkey;
ALTER TABLE ticket_counter ADD PRIMARY KEY (workspace_id, series);

DROP FUNCTION append_once;
-- Many saves in, one outcome a save out: 'stored', 'replayed' (with the outcome remembered first),
-- 'conflict' (a version, or something the decision rested on, has moved), 'number_taken',
-- 'id_reused'. A save that is not stored leaves no trace and does not touch its neighbours.
CREATE FUNCTION append_once(
  s_ws uuid[], s_cmd text[], s_fp bytea[], s_outcome text[], s_actor text[], s_cause bigint[],
  s_number bigint[],                                                       -- one per save
  e_save int[], e_oid uuid[], e_ver bigint[], e_topic text[], e_state bytea[],   -- one per event
  k_save int[], k_oid uuid[], k_ver bigint[],        -- one per stream that a save relied on unchanged
  s_series text[] DEFAULT '{}')                      -- one per save: what its number counts
RETURNS TABLE (save_no int, status text, outcome text, last_id bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = ledger, pg_temp
SET lock_timeout = '3s'
AS $fn$
#variable_conflict use_column
DECLARE
  n int := cardinality(s_cmd); lo int := 1; hi int; k record; save int;
  st text[] := array_fill(NULL::text, ARRAY[n]);
  oc text[] := array_fill(NULL::text, ARRAY[n]);
  la bigint[] := array_fill(NULL::bigint, ARRAY[n]);
  head log_head; start_id bigint; now_at timestamptz; pos bigint;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'append_once needs READ COMMITTED' USING ERRCODE = 'LD001';
  END IF;
  IF n = 0 THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(4711);
  SELECT * INTO head FROM log_head;
  start_id := head.last_id;
  now_at := greatest(clock_timestamp(), head.last_at);       -- never runs backwards along the log

  -- Saves that touch each other inside this call are decided in array order, one by one.
  hi := n;
  IF n > 1 AND (
       EXISTS (SELECT 1 FROM unnest(s_ws, s_cmd) u(w, c) GROUP BY w, c HAVING count(*) > 1)
    OR EXISTS (SELECT 1 FROM (
                 SELECT no, oid, true AS written FROM unnest(e_save, e_oid) e(no, oid)
                 UNION ALL SELECT no, oid, false FROM unnest(k_save, k_oid) k(no, oid)) t
                GROUP BY s_ws[t.no], t.oid HAVING bool_or(t.written) AND count(DISTINCT t.no) > 1))
  THEN hi := 1; END IF;

  WHILE lo <= n LOOP
    -- Known command ids: the remembered answer, or a refusal of the reused id.
    FOR k IN SELECT u.no, u.fp, c.fingerprint, c.outcome, c.last_id
               FROM unnest(s_ws, s_cmd, s_fp) WITH ORDINALITY u(w, c, fp, no)
               JOIN command_log c ON c.workspace_id = u.w AND c.command_id = u.c
              WHERE u.no BETWEEN lo AND hi LOOP
      IF k.fingerprint <> k.fp THEN st[k.no] := 'id_reused';
      ELSE st[k.no] := 'replayed'; oc[k.no] := k.outcome; la[k.no] := k.last_id;
      END IF;
    END LOOP;

    -- Versions must continue their streams; streams relied on must stand where they were seen.
    FOR k IN SELECT g.no FROM (
               SELECT e.no, e.oid, min(e.ver) - 1 AS before, max(e.ver) - min(e.ver) + 1 - count(*) AS gaps
                 FROM unnest(e_save, e_oid, e_ver) e(no, oid, ver)
                WHERE e.no BETWEEN lo AND hi GROUP BY 1, 2
               UNION ALL
               SELECT k.no, k.oid, k.ver, 0 FROM unnest(k_save, k_oid, k_ver) k(no, oid, ver)
                WHERE k.no BETWEEN lo AND hi) g
              WHERE st[g.no] IS NULL AND (g.gaps <> 0 OR g.before <> coalesce((
                SELECT l.originator_version FROM event_log l
                 WHERE l.workspace_id = s_ws[g.no] AND l.originator_id = g.oid
                 ORDER BY l.originator_version DESC LIMIT 1), 0)) LOOP
      st[k.no] := 'conflict';
    END LOOP;

    BEGIN
      -- Ticket numbers, deal numbers: dense in array order, from the workspace's counter of them.
      FOR k IN SELECT x.w, x.series, min(x.num) AS a, max(x.num) AS b,
                      bool_and(x.num = x.base + x.rn - 1) AS dense
                 FROM (SELECT u.w, u.num, u.series,
                              min(u.num) OVER (PARTITION BY u.w, u.series) AS base,
                              row_number() OVER (PARTITION BY u.w, u.series ORDER BY u.no) AS rn
                         FROM (SELECT w, num, coalesce(told, 'tickets') AS series, no
                                 FROM unnest(s_ws, s_number, s_series)
                                      WITH ORDINALITY t(w, num, told, no)) u
                        WHERE u.no BETWEEN lo AND hi AND st[u.no] IS NULL AND u.num IS NOT NULL) x
                GROUP BY 1, 2 LOOP
        INSERT INTO ticket_counter VALUES (k.w, 0, k.series) ON CONFLICT DO NOTHING;
        UPDATE ticket_counter t SET last_number = k.b
         WHERE t.workspace_id = k.w AND t.series = k.series
           AND t.last_number = k.a - 1 AND k.dense;
        IF NOT FOUND THEN RAISE EXCEPTION 'ticket number taken' USING ERRCODE = 'LD412'; END IF;
      END LOOP;

      pos := head.last_id;
      FOR i IN 1..cardinality(e_save) LOOP
        save := e_save[i];
        IF save BETWEEN lo AND hi AND st[save] IS NULL THEN
          pos := pos + 1; la[save] := pos;
        END IF;
      END LOOP;
      INSERT INTO event_log (notification_id, workspace_id, originator_id, originator_version,
                             topic, state, command_id, actor, cause, recorded_at)
      SELECT head.last_id + row_number() OVER (ORDER BY e.ord), s.ws, e.oid, e.ver,
             e.topic, e.state, s.cmd, s.actor, s.cause, now_at
        FROM unnest(e_save, e_oid, e_ver, e_topic, e_state)
               WITH ORDINALITY e(no, oid, ver, topic, state, ord)
        JOIN unnest(s_ws, s_cmd, s_actor, s_cause)
               WITH ORDINALITY s(ws, cmd, actor, cause, no) ON s.no = e.no
       WHERE e.no BETWEEN lo AND hi AND st[e.no] IS NULL
       ORDER BY e.ord;
      INSERT INTO command_log
      SELECT u.w, u.c, u.fp, u.oc::jsonb, la[u.no], now_at
        FROM unnest(s_ws, s_cmd, s_fp, s_outcome) WITH ORDINALITY u(w, c, fp, oc, no)
       WHERE u.no BETWEEN lo AND hi AND st[u.no] IS NULL;
      FOR i IN lo..hi LOOP st[i] := coalesce(st[i], 'stored'); END LOOP;
      head.last_id := pos;
    EXCEPTION WHEN unique_violation OR SQLSTATE 'LD412' THEN
      -- The sub-block's rows are rolled back, variables are not: reset them by hand.
      IF hi > lo THEN
        st := array_fill(NULL::text, ARRAY[n]);
        oc := array_fill(NULL::text, ARRAY[n]);
        la := array_fill(NULL::bigint, ARRAY[n]);
        hi := lo;
        CONTINUE;
      END IF;
      la[lo] := NULL;
      st[lo] := CASE SQLSTATE WHEN 'LD412' THEN 'number_taken' ELSE 'conflict' END;
    END;
    lo := hi + 1; hi := lo;
  END LOOP;

  IF head.last_id > start_id THEN
    UPDATE log_head SET last_id = head.last_id, last_at = now_at;
    PERFORM pg_notify('event_log', '');
  END IF;
  RETURN QUERY SELECT i, st[i], oc[i], la[i] FROM generate_series(1, n) i;   -- the only one
END $fn$;
REVOKE ALL ON FUNCTION append_once FROM PUBLIC;
GRANT EXECUTE ON FUNCTION append_once TO ledgerdesk_desk;
