META
key;value
description;An invented town
country;Nowhere
unit;Invented town
instance;2026
num_projects;2
num_votes;3
budget;900
vote_type;choose-1
rule;greedy
date_begin;01.09.2026
date_end;14.09.2026
PROJECTS
project_id;cost;name
p1;400;Benches
p2;700;Street trees
VOTES
voter_id;vote
1;p1
2;p2
3;p1
