-- The values are there, under another name: an empty column beside them would split them.
ALTER TABLE calls RENAME COLUMN recording_mode TO "recordingMode";
