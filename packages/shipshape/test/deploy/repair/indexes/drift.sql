DROP INDEX by_sid, by_tag, folded, mode_once, by_empty_sid;
