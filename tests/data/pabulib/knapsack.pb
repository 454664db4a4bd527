META
key;value
description;An invented town
country;Nowhere
unit;Invented town
instance;2026
num_projects;3
num_votes;4
budget;1200.50
vote_type;approval
rule;greedy
date_begin;01.09.2026
date_end;14.09.2026
max_sum_cost;1200.5
PROJECTS
project_id;cost;name
p1;1000;Benches
p2;700;Street trees
p3;500.5;Book exchange
VOTES
voter_id;vote
1;p1
2;p2,p3
3;p1,p3
4;
