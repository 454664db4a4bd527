META
key;value
description;An invented town
country;Nowhere
unit;Invented town
instance;2026
num_projects;3
num_votes;4
budget;1500
vote_type;cumulative
rule;greedy
date_begin;01.09.2026
date_end;14.09.2026
max_points;4
max_sum_points;5
PROJECTS
project_id;cost;votes;score;name
p1;1000;2;6;"Benches; and ""shade"""
p2;700;3;4;Street trees
p3;500;2;6;Book exchange
VOTES
voter_id;vote;points;age;sex;voting_method
1;p1,p3;4,1;34;F;internet
2;p2,p1;3,2;;;paper
3;p3;5;40;M;paper
4;p2,p2;1,0;40;M;paper
