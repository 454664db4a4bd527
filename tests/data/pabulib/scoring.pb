META
key;value
description;An invented town
country;Nowhere
unit;Invented town
instance;2026
num_projects;3
num_votes;3
budget;1500
vote_type;scoring
rule;greedy
date_begin;01.09.2026
date_end;14.09.2026
default_score;1
max_points;3
PROJECTS
project_id;cost;name
p1;1000;Benches
p2;700;Street trees
p3;500;Book exchange
VOTES
voter_id;vote;points
1;p1,p3;3,0
2;p2;-1
3;p1,p2,p3;2,2,2
