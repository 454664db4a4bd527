META
key;value
description;An invented town
country;Nowhere
unit;Invented town
instance;2026
num_projects;4
num_votes;4
budget;1500
vote_type;ordinal
rule;greedy
date_begin;01.09.2026
date_end;14.09.2026
min_length;1
max_length;3
PROJECTS
project_id;cost;votes;score;name
p1;1000;3;7;Benches
p2;700;2;5;Street trees
p3;500;2;4;Book exchange
p4;300;1;1;Chess table
VOTES
voter_id;vote;points
1;p1,p2,p3;3,2,1
2;p2,p1;3,2
3;p3,p1,p4;3,2,1
4;p4,p3,p2,p1;
