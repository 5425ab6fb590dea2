-- What a feed's reader asked to be given back at its next reading, such as which entries of a watched page it has seen.
ALTER TABLE feeds ADD COLUMN memory TEXT;
