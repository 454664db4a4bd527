META
key;value
description;An invented town
country;Nowhere
unit;Invented town
instance;2026
num_projects;3
num_votes;4
budget;1500
vote_type;approval
rule;greedy
date_begin;01.09.2026
date_end;14.09.2026
max_length;2
PROJECTS
project_id;cost;votes;name;selected
p1;1000;3;Benches;1
p2;700;2;Street trees;0
p3;500;1;Book exchange;1
VOTES
voter_id;vote;age;sex;voting_method
1;p1,p2;34;F;internet
2;p1;;;paper
3;p3,p1;61;M;paper
4;p2;19;F;internet
