CREATE TABLE own_table (x int);
