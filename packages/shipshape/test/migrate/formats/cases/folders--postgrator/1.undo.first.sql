SELECT '1.undo.first';
