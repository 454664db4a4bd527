meta
value;key
"Yards; an invented ""town""";description

Nowhere;country
Invented town;unit
2026;instance
4;num_projects
5;num_votes
1500.50;budget
approval;vote_type
greedy;rule
01.09.2026;date_begin
14.09.2026;date_end
3.0;max_length
None;min_length
;min_sum_cost
"#1: invented; #2: all of it";comment
 	
Projects
cost;name;project_id;selected;colour;target;votes;category;longitude;latitude
1000;"Benches; and ""shade""";A/1;1;red;adults,seniors;4;yards;76.9;43.2
700.5;Street "trees";A/2;0;green;None;2;yards,green;None;
500.00;Тоғай;BO.D18.22/23;2;None;;1;None;;
999999999;Withdrawn;17;3;;children;0;;;

VOTES
age;vote;voter_id;sex
34;A/1,A/2;v1;F
;"A/1";v 2;
51;;v3;M
17;BO.D18.22/23,A/1,A/2;"v;4";O
;A/1,A/1;v5;