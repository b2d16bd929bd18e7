PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE "api_token" ( "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" text NOT NULL UNIQUE, "role" text NOT NULL, "secret_hash" text NOT NULL UNIQUE, "created_at" timestamp_with_timezone_text NOT NULL, "expires_at" timestamp_with_timezone_text NULL, "revoked_at" timestamp_with_timezone_text NULL, "last_used_at" timestamp_with_timezone_text NULL );
INSERT INTO "api_token" VALUES(1,'curator','ADMIN','r22MUhj-g2xZajlmGKLuBtSrz1B9zKadZGHtNsVinVs','2026-11-26T16:11:37.131135+00:00',NULL,NULL,'2026-11-26T16:11:39.216811+00:00');
CREATE TABLE "architecture" ( "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "slug" text NOT NULL UNIQUE, "name" text NOT NULL, "name_key" text NOT NULL, "search_text" text NOT NULL, "version" integer NOT NULL, "created_at" timestamp_with_timezone_text NOT NULL, "updated_at" timestamp_with_timezone_text NOT NULL );
INSERT INTO "architecture" VALUES(1,'feather','Feather 2','feather 2','
feather 2
feather2
feather
',2,'2026-11-26T16:11:37.829+00:00','2026-11-26T16:11:38.537+00:00');
CREATE TABLE "dataset" ( "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "slug" text NOT NULL UNIQUE, "name" text NOT NULL, "name_key" text NOT NULL, "search_text" text NOT NULL, "version" integer NOT NULL, "created_at" timestamp_with_timezone_text NOT NULL, "updated_at" timestamp_with_timezone_text NOT NULL, "tokens" integer NULL, "bytes" integer NULL, "license_id" integer NULL, FOREIGN KEY ("license_id") REFERENCES "license" ("id") ON DELETE RESTRICT );
INSERT INTO "dataset" VALUES(1,'seeds','Seeds','seeds','
seeds
',3,'2026-11-26T16:11:37.829+00:00','2026-11-26T16:11:38.507+00:00',3000000000000,NULL,2);
CREATE TABLE "idempotency_key" ( "actor" text NOT NULL, "key" text NOT NULL, "field" text NOT NULL, "request_hash" text NOT NULL, "result" jsonb_text NOT NULL, "created_at" timestamp_with_timezone_text NOT NULL, PRIMARY KEY ("actor", "key", "field") );
INSERT INTO "idempotency_key" VALUES('curator','key-0','createLicense','0DXQNZMVgd87FGYZn5kM17Z4vQ8txcPBKkSeaW0xeLE','{"done":{"id":1,"outcome":"Created"},"revision":2}','2026-11-26T16:11:37.792+00:00');
INSERT INTO "idempotency_key" VALUES('curator','key-0','','0DXQNZMVgd87FGYZn5kM17Z4vQ8txcPBKkSeaW0xeLE','"{\"data\":{\"createLicense\":{\"revision\":2}},\"extensions\":{\"cost\":11}}"','2026-11-26T16:11:37.792+00:00');
INSERT INTO "idempotency_key" VALUES('curator','key-1','createModel','FVY_K33ZGpt0QRRfcrRqIiCJl5ZS4-tvMh2VJH8erOI','{"done":{"id":1,"outcome":"Created"},"revision":9}','2026-11-26T16:11:37.829+00:00');
INSERT INTO "idempotency_key" VALUES('curator','key-1','','FVY_K33ZGpt0QRRfcrRqIiCJl5ZS4-tvMh2VJH8erOI','"{\"data\":{\"createModel\":{\"revision\":9}},\"extensions\":{\"cost\":11}}"','2026-11-26T16:11:37.829+00:00');
CREATE TABLE "license" ( "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "slug" text NOT NULL UNIQUE, "name" text NOT NULL, "name_key" text NOT NULL, "search_text" text NOT NULL, "version" integer NOT NULL, "created_at" timestamp_with_timezone_text NOT NULL, "updated_at" timestamp_with_timezone_text NOT NULL, "spdx_id" text NULL, "commercial_use" text NOT NULL, "url" text NULL, "conditions_zh" text NULL, "conditions_en" text NULL );
INSERT INTO "license" VALUES(1,'owl-license','Owl License','owl license','
owl license
owllicense
owl-license
	name the owl.
	nametheowl
',3,'2026-11-26T16:11:37.792+00:00','2026-11-26T16:11:38.265+00:00',NULL,'ALLOWED','https://example.org/owl',NULL,'Name the owl.');
INSERT INTO "license" VALUES(2,'open-data','Open Data','open data','
open data
opendata
open-data
',1,'2026-11-26T16:11:37.829+00:00','2026-11-26T16:11:37.829+00:00',NULL,'ALLOWED',NULL,NULL,NULL);
INSERT INTO "license" VALUES(3,'owl-180b-license','Owl-180B License','owl-180b license','
owl-180b license
owl180blicense
owl-180b-license
',1,'2026-11-26T16:11:37.829+00:00','2026-11-26T16:11:37.829+00:00',NULL,'AUTHORIZATION_REQUIRED',NULL,NULL,NULL);
CREATE TABLE "link" ( "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "model_id" integer NULL, "dataset_id" integer NULL, "license_id" integer NULL, "architecture_id" integer NULL, "position" integer NOT NULL, "kind" text NOT NULL, "title" text NULL, "url" text NOT NULL, FOREIGN KEY ("model_id") REFERENCES "model" ("id") ON DELETE CASCADE, FOREIGN KEY ("dataset_id") REFERENCES "dataset" ("id") ON DELETE CASCADE, FOREIGN KEY ("license_id") REFERENCES "license" ("id") ON DELETE CASCADE, FOREIGN KEY ("architecture_id") REFERENCES "architecture" ("id") ON DELETE CASCADE, CHECK ((CASE WHEN model_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN dataset_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN license_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN architecture_id IS NULL THEN 0 ELSE 1 END) = 1) );
INSERT INTO "link" VALUES(5,NULL,NULL,1,NULL,0,'HOMEPAGE',NULL,'https://example.org');
INSERT INTO "link" VALUES(6,NULL,1,NULL,NULL,0,'HOMEPAGE',NULL,'https://example.org/seeds');
CREATE TABLE "model" ( "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "slug" text NOT NULL UNIQUE, "name" text NOT NULL, "name_key" text NOT NULL, "search_text" text NOT NULL, "version" integer NOT NULL, "created_at" timestamp_with_timezone_text NOT NULL, "updated_at" timestamp_with_timezone_text NOT NULL, "aliases" jsonb_text NOT NULL, "kind" text NOT NULL, "position" integer NULL, "summary_zh" text NULL, "summary_en" text NULL, "release_date" date_text NULL, "license_id" integer NULL, "architecture_id" integer NULL, "base_model_id" integer NULL, "stated_commercial_use" text NULL, "commercial_use" text NOT NULL, "data_scale_text" text NULL, "data_scale_amount" integer NULL, "data_scale_unit" text NULL, "max_parameters" integer NULL, "max_training_tokens" integer NULL, "training_flops" double NULL, FOREIGN KEY ("license_id") REFERENCES "license" ("id") ON DELETE RESTRICT, FOREIGN KEY ("architecture_id") REFERENCES "architecture" ("id") ON DELETE RESTRICT, FOREIGN KEY ("base_model_id") REFERENCES "model" ("id") ON DELETE RESTRICT );
INSERT INTO "model" VALUES(1,'owl','Owl 1','owl 1','
owl 1
owl1
owl
猫头鹰
	aviary
	鸟舍
	nest lab
	nestlab
	larger
',4,'2026-11-26T16:11:37.829+00:00','2026-11-26T16:11:38.152+00:00','["猫头鹰"]','FOUNDATION',1,NULL,'Larger','2023-05-25',1,1,NULL,NULL,'ALLOWED','2T tokens',2000000000000,'TOKENS',180000000000,2000000000000,6.67e+22);
INSERT INTO "model" VALUES(2,'owlet','Owlet','owlet','
owlet
',3,'2026-11-26T16:11:37.902+00:00','2026-11-26T16:11:38.104+00:00','[]','DERIVED',NULL,NULL,NULL,'2023-06-01',NULL,NULL,1,'PROHIBITED','PROHIBITED',NULL,NULL,NULL,6738415616,NULL,NULL);
INSERT INTO "model" VALUES(3,'finch','Finch 2','finch 2','
finch 2
finch2
finch
',2,'2026-11-26T16:11:38.152+00:00','2026-11-26T16:11:38.460+00:00','[]','FOUNDATION',NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,'ALLOWED',NULL,NULL,NULL,46700000000,NULL,NULL);
INSERT INTO "model" VALUES(4,'crane','Crane','crane','
crane
',1,'2026-11-26T16:11:38.202+00:00','2026-11-26T16:11:38.202+00:00','[]','FOUNDATION',1,NULL,NULL,NULL,NULL,NULL,NULL,'ALLOWED','ALLOWED','2T',2000000000000,'TOKENS',13000000000,2000000000000,NULL);
INSERT INTO "model" VALUES(5,'heron','Heron','heron','
heron
',2,'2026-11-26T16:11:38.202+00:00','2026-11-26T16:11:38.460+00:00','[]','DERIVED',NULL,NULL,NULL,NULL,NULL,NULL,3,NULL,'UNKNOWN',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "model" VALUES(7,'moa','Moa','moa','
moa
	nest lab
	nestlab
',3,'2026-11-26T16:11:38.428+00:00','2026-11-26T16:11:38.428+00:00','[]','FOUNDATION',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'UNKNOWN',NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE "model_dataset" ( "model_id" integer NOT NULL, "dataset_id" integer NOT NULL, "position" integer NOT NULL, PRIMARY KEY ("model_id", "dataset_id"), FOREIGN KEY ("model_id") REFERENCES "model" ("id") ON DELETE CASCADE, FOREIGN KEY ("dataset_id") REFERENCES "dataset" ("id") ON DELETE RESTRICT );
INSERT INTO "model_dataset" VALUES(1,1,0);
CREATE TABLE "model_organization" ( "model_id" integer NOT NULL, "organization_id" integer NOT NULL, "position" integer NOT NULL, PRIMARY KEY ("model_id", "organization_id"), FOREIGN KEY ("model_id") REFERENCES "model" ("id") ON DELETE CASCADE, FOREIGN KEY ("organization_id") REFERENCES "organization" ("id") ON DELETE RESTRICT );
INSERT INTO "model_organization" VALUES(1,2,0);
INSERT INTO "model_organization" VALUES(1,3,1);
INSERT INTO "model_organization" VALUES(7,3,0);
CREATE TABLE "model_size" ( "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "model_id" integer NOT NULL, "label" text NOT NULL, "parameters" integer NOT NULL, "active_parameters" integer NULL, "training_tokens" integer NULL, "license_id" integer NULL, CONSTRAINT "idx-model_size-label_of_model" UNIQUE ("model_id", "label"), FOREIGN KEY ("model_id") REFERENCES "model" ("id") ON DELETE CASCADE, FOREIGN KEY ("license_id") REFERENCES "license" ("id") ON DELETE RESTRICT );
INSERT INTO "model_size" VALUES(1,1,'7B',7000000000,NULL,1500000000000,NULL);
INSERT INTO "model_size" VALUES(3,1,'180B',180000000000,NULL,NULL,3);
INSERT INTO "model_size" VALUES(4,2,'7B',6738415616,NULL,NULL,NULL);
INSERT INTO "model_size" VALUES(9,1,'40B-chat',40000000000,12000000000,1000000000000,3);
INSERT INTO "model_size" VALUES(14,3,'3B',3000000000,NULL,NULL,NULL);
INSERT INTO "model_size" VALUES(18,4,'7B',7000000000,NULL,NULL,NULL);
INSERT INTO "model_size" VALUES(19,4,'13B',13000000000,NULL,NULL,NULL);
INSERT INTO "model_size" VALUES(23,3,'8x7B',46700000000,12900000000,NULL,NULL);
CREATE TABLE "organization" ( "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "slug" text NOT NULL UNIQUE, "name" text NOT NULL, "name_key" text NOT NULL, "search_text" text NOT NULL, "version" integer NOT NULL, "created_at" timestamp_with_timezone_text NOT NULL, "updated_at" timestamp_with_timezone_text NOT NULL, "name_zh" text NULL, "name_en" text NULL );
INSERT INTO "organization" VALUES(1,'aviary-club','Aviary Club','aviary club','
aviary club
aviaryclub
aviary-club
',1,'2026-11-26T16:11:37.032+00:00','2026-11-26T16:11:37.032+00:00',NULL,NULL);
INSERT INTO "organization" VALUES(2,'aviary','Aviary','aviary','
aviary
鸟舍
',1,'2026-11-26T16:11:37.829+00:00','2026-11-26T16:11:37.829+00:00','鸟舍',NULL);
INSERT INTO "organization" VALUES(3,'nest-lab','Nest Lab','nest lab','
nest lab
nestlab
nest-lab
',2,'2026-11-26T16:11:37.829+00:00','2026-11-26T16:11:37.991+00:00',NULL,NULL);
CREATE TABLE "revision" ( "number" integer NOT NULL PRIMARY KEY, "created_at" timestamp_with_timezone_text NOT NULL, "actor" text NOT NULL, "action" text NOT NULL, "subject_type" text NOT NULL, "subject_id" integer NOT NULL, "subject_slug" text NOT NULL, "before" jsonb_text NULL, "after" jsonb_text NULL , "name_key" text NULL, "search_text" text NULL, "lent_text" text NULL);
INSERT INTO "revision" VALUES(1,'2026-11-26T16:11:37.032+00:00','import','IMPORTED','ORGANIZATION',1,'aviary-club',NULL,'{"name":"Aviary Club","slug":"aviary-club"}','aviary club','
aviary club
aviaryclub
aviary-club
','
	aviary club
	aviaryclub
');
INSERT INTO "revision" VALUES(2,'2026-11-26T16:11:37.792+00:00','curator','CREATED','LICENSE',1,'owl-license',NULL,'{"commercialUse":"ALLOWED","conditions":{"en":"Name the owl."},"links":[{"kind":"HOMEPAGE","url":"https://example.org"}],"name":"Owl License","slug":"owl-license","url":"https://example.org/owl"}','owl license','
owl license
owllicense
owl-license
	name the owl.
	nametheowl
',NULL);
INSERT INTO "revision" VALUES(3,'2026-11-26T16:11:37.829+00:00','curator','CREATED','ORGANIZATION',2,'aviary',NULL,'{"localizedName":{"zh":"鸟舍"},"name":"Aviary","slug":"aviary"}','aviary','
aviary
鸟舍
','
	aviary
	鸟舍
');
INSERT INTO "revision" VALUES(4,'2026-11-26T16:11:37.829+00:00','curator','CREATED','ORGANIZATION',3,'nest',NULL,'{"name":"Nest","slug":"nest"}','nest','
nest
','
	nest
');
INSERT INTO "revision" VALUES(5,'2026-11-26T16:11:37.829+00:00','curator','CREATED','LICENSE',2,'open-data',NULL,'{"commercialUse":"ALLOWED","name":"Open Data","slug":"open-data"}','open data','
open data
opendata
open-data
',NULL);
INSERT INTO "revision" VALUES(6,'2026-11-26T16:11:37.829+00:00','curator','CREATED','DATASET',1,'seeds',NULL,'{"bytes":800000000000,"license":"open-data","name":"Seeds","slug":"seeds","tokens":2000000000000}','seeds','
seeds
',NULL);
INSERT INTO "revision" VALUES(7,'2026-11-26T16:11:37.829+00:00','curator','CREATED','ARCHITECTURE',1,'feather',NULL,'{"name":"Feather","slug":"feather"}','feather','
feather
',NULL);
INSERT INTO "revision" VALUES(8,'2026-11-26T16:11:37.829+00:00','curator','CREATED','LICENSE',3,'owl-180b-license',NULL,'{"commercialUse":"AUTHORIZATION_REQUIRED","name":"Owl-180B License","slug":"owl-180b-license"}','owl-180b license','
owl-180b license
owl180blicense
owl-180b-license
',NULL);
INSERT INTO "revision" VALUES(9,'2026-11-26T16:11:37.829+00:00','curator','CREATED','MODEL',1,'owl',NULL,'{"aliases":["猫头鹰"],"architecture":"feather","dataScale":{"amount":2000000000000,"text":"2T tokens","unit":"TOKENS"},"datasets":["seeds"],"kind":"FOUNDATION","license":"owl-license","links":[{"kind":"PAPER","title":"Owl","url":"https://example.org/owl.pdf"},{"kind":"DETAILS","url":"Open-LLMs/owl.md"}],"name":"Owl","organizations":["aviary","nest"],"position":1,"releaseDate":"2023-05-24","sizes":[{"label":"7B","parameters":7000000000,"trainingTokens":1500000000000},{"activeParameters":12000000000,"label":"40B","parameters":40000000000},{"label":"180B","license":"owl-180b-license","parameters":180000000000}],"slug":"owl","summary":{"en":"Large","zh":"大"},"trainingFlops":6.67e+22}','owl','
owl
猫头鹰
	大
	large
',NULL);
INSERT INTO "revision" VALUES(10,'2026-11-26T16:11:37.902+00:00','curator','CREATED','MODEL',2,'owlet',NULL,'{"baseModel":"owl","commercialUse":"PROHIBITED","kind":"DERIVED","name":"Owlet","releaseDate":"2023-06-01","sizes":[{"label":"7B","parameters":6738415616}],"slug":"owlet"}','owlet','
owlet
',NULL);
INSERT INTO "revision" VALUES(11,'2026-11-26T16:11:37.943+00:00','curator','UPDATED','MODEL',1,'owl','{"aliases":["猫头鹰"],"architecture":"feather","dataScale":{"amount":2000000000000,"text":"2T tokens","unit":"TOKENS"},"datasets":["seeds"],"kind":"FOUNDATION","license":"owl-license","links":[{"kind":"PAPER","title":"Owl","url":"https://example.org/owl.pdf"},{"kind":"DETAILS","url":"Open-LLMs/owl.md"}],"name":"Owl","organizations":["aviary","nest"],"position":1,"releaseDate":"2023-05-24","sizes":[{"label":"7B","parameters":7000000000,"trainingTokens":1500000000000},{"activeParameters":12000000000,"label":"40B","parameters":40000000000},{"label":"180B","license":"owl-180b-license","parameters":180000000000}],"slug":"owl","summary":{"en":"Large","zh":"大"},"trainingFlops":6.67e+22}','{"aliases":["猫头鹰"],"architecture":"feather","dataScale":{"amount":2000000000000,"text":"2T tokens","unit":"TOKENS"},"datasets":["seeds"],"kind":"FOUNDATION","license":"owl-license","name":"Owl 1","organizations":["aviary","nest"],"position":1,"sizes":[{"label":"7B","parameters":7000000000,"trainingTokens":1500000000000},{"activeParameters":12000000000,"label":"40B","parameters":40000000000},{"label":"180B","license":"owl-180b-license","parameters":180000000000}],"slug":"owl","summary":{"en":"Larger"},"trainingFlops":6.67e+22}','owl 1','
owl 1
owl1
owl
猫头鹰
	larger
',NULL);
INSERT INTO "revision" VALUES(12,'2026-11-26T16:11:37.991+00:00','curator','UPDATED','ORGANIZATION',3,'nest-lab','{"name":"Nest","slug":"nest"}','{"name":"Nest Lab","slug":"nest-lab"}','nest lab','
nest lab
nestlab
nest-lab
','
	nest lab
	nestlab
');
INSERT INTO "revision" VALUES(13,'2026-11-26T16:11:38.030+00:00','curator','UPDATED','MODEL',1,'owl','{"aliases":["猫头鹰"],"architecture":"feather","dataScale":{"amount":2000000000000,"text":"2T tokens","unit":"TOKENS"},"datasets":["seeds"],"kind":"FOUNDATION","license":"owl-license","name":"Owl 1","organizations":["aviary","nest-lab"],"position":1,"sizes":[{"label":"7B","parameters":7000000000,"trainingTokens":1500000000000},{"activeParameters":12000000000,"label":"40B","parameters":40000000000},{"label":"180B","license":"owl-180b-license","parameters":180000000000}],"slug":"owl","summary":{"en":"Larger"},"trainingFlops":6.67e+22}','{"aliases":["猫头鹰"],"architecture":"feather","dataScale":{"amount":2000000000000,"text":"2T tokens","unit":"TOKENS"},"datasets":["seeds"],"kind":"FOUNDATION","license":"owl-license","name":"Owl 1","organizations":["aviary","nest-lab"],"position":1,"sizes":[{"label":"7B","parameters":7000000000,"trainingTokens":1500000000000},{"activeParameters":12000000000,"label":"40B-chat","license":"owl-180b-license","parameters":40000000000,"trainingTokens":1000000000000},{"label":"180B","license":"owl-180b-license","parameters":180000000000}],"slug":"owl","summary":{"en":"Larger"},"trainingFlops":6.67e+22}','owl 1','
owl 1
owl1
owl
猫头鹰
	larger
',NULL);
INSERT INTO "revision" VALUES(14,'2026-11-26T16:11:38.065+00:00','curator','UPDATED','MODEL',2,'owlet','{"baseModel":"owl","commercialUse":"PROHIBITED","kind":"DERIVED","name":"Owlet","releaseDate":"2023-06-01","sizes":[{"label":"7B","parameters":6738415616}],"slug":"owlet"}','{"baseModel":"owl","commercialUse":"PROHIBITED","kind":"DERIVED","name":"Owlet","releaseDate":"2023-06-01","sizes":[{"label":"1B","parameters":1000000000},{"label":"7B","parameters":6738415616}],"slug":"owlet"}','owlet','
owlet
',NULL);
INSERT INTO "revision" VALUES(15,'2026-11-26T16:11:38.104+00:00','curator','UPDATED','MODEL',2,'owlet','{"baseModel":"owl","commercialUse":"PROHIBITED","kind":"DERIVED","name":"Owlet","releaseDate":"2023-06-01","sizes":[{"label":"1B","parameters":1000000000},{"label":"7B","parameters":6738415616}],"slug":"owlet"}','{"baseModel":"owl","commercialUse":"PROHIBITED","kind":"DERIVED","name":"Owlet","releaseDate":"2023-06-01","sizes":[{"label":"7B","parameters":6738415616}],"slug":"owlet"}','owlet','
owlet
',NULL);
INSERT INTO "revision" VALUES(16,'2026-11-26T16:11:38.152+00:00','curator','IMPORTED','DATASET',1,'seeds','{"bytes":800000000000,"license":"open-data","name":"Seeds","slug":"seeds","tokens":2000000000000}','{"bytes":800000000000,"license":"open-data","name":"Seeds","slug":"seeds","tokens":3000000000000}','seeds','
seeds
',NULL);
INSERT INTO "revision" VALUES(17,'2026-11-26T16:11:38.152+00:00','curator','IMPORTED','MODEL',3,'finch',NULL,'{"kind":"FOUNDATION","name":"Finch","organizations":["aviary"],"sizes":[{"label":"3B","parameters":3000000000}],"slug":"finch"}','finch','
finch
',NULL);
INSERT INTO "revision" VALUES(18,'2026-11-26T16:11:38.152+00:00','curator','IMPORTED','MODEL',1,'owl','{"aliases":["猫头鹰"],"architecture":"feather","dataScale":{"amount":2000000000000,"text":"2T tokens","unit":"TOKENS"},"datasets":["seeds"],"kind":"FOUNDATION","license":"owl-license","name":"Owl 1","organizations":["aviary","nest-lab"],"position":1,"sizes":[{"label":"7B","parameters":7000000000,"trainingTokens":1500000000000},{"activeParameters":12000000000,"label":"40B-chat","license":"owl-180b-license","parameters":40000000000,"trainingTokens":1000000000000},{"label":"180B","license":"owl-180b-license","parameters":180000000000}],"slug":"owl","summary":{"en":"Larger"},"trainingFlops":6.67e+22}','{"aliases":["猫头鹰"],"architecture":"feather","dataScale":{"amount":2000000000000,"text":"2T tokens","unit":"TOKENS"},"datasets":["seeds"],"kind":"FOUNDATION","license":"owl-license","name":"Owl 1","organizations":["aviary","nest-lab"],"position":1,"releaseDate":"2023-05-25","sizes":[{"label":"7B","parameters":7000000000,"trainingTokens":1500000000000},{"activeParameters":12000000000,"label":"40B-chat","license":"owl-180b-license","parameters":40000000000,"trainingTokens":1000000000000},{"label":"180B","license":"owl-180b-license","parameters":180000000000}],"slug":"owl","summary":{"en":"Larger"},"trainingFlops":6.67e+22}','owl 1','
owl 1
owl1
owl
猫头鹰
	larger
',NULL);
INSERT INTO "revision" VALUES(19,'2026-11-26T16:11:38.202+00:00','curator','IMPORTED','MODEL',4,'crane',NULL,'{"commercialUse":"ALLOWED","dataScale":{"amount":2000000000000,"text":"2T","unit":"TOKENS"},"kind":"FOUNDATION","name":"Crane","position":1,"sizes":[{"label":"7B","parameters":7000000000},{"label":"13B","parameters":13000000000}],"slug":"crane"}','crane','
crane
',NULL);
INSERT INTO "revision" VALUES(20,'2026-11-26T16:11:38.202+00:00','curator','IMPORTED','MODEL',5,'heron',NULL,'{"commercialUse":"PROHIBITED","dataScale":{"amount":3150000,"text":"3.15M","unit":"UNKNOWN"},"kind":"FOUNDATION","name":"Heron","position":2,"sizes":[{"label":"6B","parameters":6000000000}],"slug":"heron"}','heron','
heron
',NULL);
INSERT INTO "revision" VALUES(21,'2026-11-26T16:11:38.234+00:00','curator','UPDATED','LICENSE',1,'owl-1-license','{"commercialUse":"ALLOWED","conditions":{"en":"Name the owl."},"links":[{"kind":"HOMEPAGE","url":"https://example.org"}],"name":"Owl License","slug":"owl-license","url":"https://example.org/owl"}','{"commercialUse":"UNKNOWN","links":[{"kind":"HOMEPAGE","url":"https://example.org"}],"name":"Owl License","slug":"owl-1-license","url":"https://example.org/owl"}','owl license','
owl license
owllicense
owl-1-license
owl1license
',NULL);
INSERT INTO "revision" VALUES(22,'2026-11-26T16:11:38.265+00:00','curator','REVERTED','LICENSE',1,'owl-license','{"commercialUse":"UNKNOWN","links":[{"kind":"HOMEPAGE","url":"https://example.org"}],"name":"Owl License","slug":"owl-1-license","url":"https://example.org/owl"}','{"commercialUse":"ALLOWED","conditions":{"en":"Name the owl."},"links":[{"kind":"HOMEPAGE","url":"https://example.org"}],"name":"Owl License","slug":"owl-license","url":"https://example.org/owl"}','owl license','
owl license
owllicense
owl-license
	name the owl.
	nametheowl
',NULL);
INSERT INTO "revision" VALUES(23,'2026-11-26T16:11:38.305+00:00','curator','CREATED','MODEL',6,'dodo',NULL,'{"datasets":["seeds"],"kind":"FOUNDATION","license":"owl-license","name":"Dodo","sizes":[{"label":"9B","parameters":9000000000}],"slug":"dodo"}','dodo','
dodo
',NULL);
INSERT INTO "revision" VALUES(24,'2026-11-26T16:11:38.337+00:00','curator','DELETED','MODEL',6,'dodo','{"datasets":["seeds"],"kind":"FOUNDATION","license":"owl-license","name":"Dodo","sizes":[{"label":"9B","parameters":9000000000}],"slug":"dodo"}',NULL,NULL,NULL,NULL);
INSERT INTO "revision" VALUES(25,'2026-11-26T16:11:38.369+00:00','curator','CREATED','MODEL',7,'moa',NULL,'{"kind":"FOUNDATION","name":"Moa","organizations":["nest-lab"],"slug":"moa"}','moa','
moa
',NULL);
INSERT INTO "revision" VALUES(26,'2026-11-26T16:11:38.399+00:00','curator','DELETED','MODEL',7,'moa','{"kind":"FOUNDATION","name":"Moa","organizations":["nest-lab"],"slug":"moa"}',NULL,NULL,NULL,NULL);
INSERT INTO "revision" VALUES(27,'2026-11-26T16:11:38.428+00:00','curator','REVERTED','MODEL',7,'moa',NULL,'{"kind":"FOUNDATION","name":"Moa","organizations":["nest-lab"],"slug":"moa"}','moa','
moa
',NULL);
INSERT INTO "revision" VALUES(28,'2026-11-26T16:11:38.460+00:00','curator','UPDATED','MODEL',3,'finch','{"kind":"FOUNDATION","name":"Finch","organizations":["aviary"],"sizes":[{"label":"3B","parameters":3000000000}],"slug":"finch"}','{"kind":"FOUNDATION","license":"owl-license","name":"Finch 2","sizes":[{"label":"3B","parameters":3000000000},{"activeParameters":12900000000,"label":"8x7B","parameters":46700000000}],"slug":"finch"}','finch 2','
finch 2
finch2
finch
',NULL);
INSERT INTO "revision" VALUES(29,'2026-11-26T16:11:38.460+00:00','curator','UPDATED','MODEL',5,'heron','{"commercialUse":"PROHIBITED","dataScale":{"amount":3150000,"text":"3.15M","unit":"UNKNOWN"},"kind":"FOUNDATION","name":"Heron","position":2,"sizes":[{"label":"6B","parameters":6000000000}],"slug":"heron"}','{"baseModel":"finch","kind":"DERIVED","name":"Heron","slug":"heron"}','heron','
heron
',NULL);
INSERT INTO "revision" VALUES(30,'2026-11-26T16:11:38.507+00:00','curator','UPDATED','DATASET',1,'seeds','{"bytes":800000000000,"license":"open-data","name":"Seeds","slug":"seeds","tokens":3000000000000}','{"license":"open-data","links":[{"kind":"HOMEPAGE","url":"https://example.org/seeds"}],"name":"Seeds","slug":"seeds","tokens":3000000000000}','seeds','
seeds
',NULL);
INSERT INTO "revision" VALUES(31,'2026-11-26T16:11:38.537+00:00','curator','UPDATED','ARCHITECTURE',1,'feather','{"name":"Feather","slug":"feather"}','{"name":"Feather 2","slug":"feather"}','feather 2','
feather 2
feather2
feather
',NULL);
CREATE TABLE "seaql_migrations" ( "version" varchar NOT NULL PRIMARY KEY, "applied_at" integer NOT NULL );
INSERT INTO "seaql_migrations" VALUES('m20231219_000001_create_catalog',1795709496);
INSERT INTO "seaql_migrations" VALUES('m20261123_000001_create_idempotency_key',1795709496);
INSERT INTO "seaql_migrations" VALUES('m20261123_000002_add_revision_texts',1795709496);
INSERT INTO "seaql_migrations" VALUES('m20261126_000001_truncate_times',1795709496);
INSERT INTO "seaql_migrations" VALUES('m20261126_000002_delete_stored_secrets',1795709496);
CREATE INDEX "idx-dataset-license_id" ON "dataset" ("license_id");
CREATE INDEX "idx-link-architecture_id" ON "link" ("architecture_id");
CREATE INDEX "idx-link-dataset_id" ON "link" ("dataset_id");
CREATE INDEX "idx-link-license_id" ON "link" ("license_id");
CREATE INDEX "idx-link-model_id" ON "link" ("model_id");
CREATE INDEX "idx-model-architecture_id" ON "model" ("architecture_id");
CREATE INDEX "idx-model-base_model_id" ON "model" ("base_model_id");
CREATE INDEX "idx-model-license_id" ON "model" ("license_id");
CREATE INDEX "idx-model_dataset-dataset_id" ON "model_dataset" ("dataset_id");
CREATE INDEX "idx-model_organization-organization_id" ON "model_organization" ("organization_id");
CREATE INDEX "idx-model_size-license_id" ON "model_size" ("license_id");
CREATE INDEX "idx-model_size-model_id" ON "model_size" ("model_id");
CREATE INDEX "idx-revision-actor" ON "revision" ("actor");
CREATE INDEX "order-architecture-name" ON architecture (name_key, id);
CREATE INDEX "order-architecture-created_at" ON architecture (created_at, id);
CREATE INDEX "order-architecture-updated_at" ON architecture (updated_at, id);
CREATE INDEX "order-dataset-name" ON dataset (name_key, id);
CREATE INDEX "order-dataset-tokens_last" ON dataset (COALESCE(tokens, 9223372036854775807), id);
CREATE INDEX "order-dataset-tokens_first" ON dataset (COALESCE(tokens, -1), id);
CREATE INDEX "order-dataset-bytes_last" ON dataset (COALESCE(bytes, 9223372036854775807), id);
CREATE INDEX "order-dataset-bytes_first" ON dataset (COALESCE(bytes, -1), id);
CREATE INDEX "order-license-name" ON license (name_key, id);
CREATE INDEX "order-license-created_at" ON license (created_at, id);
CREATE INDEX "order-license-updated_at" ON license (updated_at, id);
CREATE INDEX "order-model-name" ON model (name_key, id);
CREATE INDEX "order-model-position_last" ON model (COALESCE(position, 2147483647), id);
CREATE INDEX "order-model-position_first" ON model (COALESCE(position, -1), id);
CREATE INDEX "order-model-release_date_last" ON model (COALESCE(release_date, '9999-12-31'), id);
CREATE INDEX "order-model-release_date_first" ON model (COALESCE(release_date, '0001-01-01'), id);
CREATE INDEX "order-model-max_parameters_last" ON model (COALESCE(max_parameters, 9223372036854775807), id);
CREATE INDEX "order-model-max_parameters_first" ON model (COALESCE(max_parameters, -1), id);
CREATE INDEX "order-model-max_training_tokens_last" ON model (COALESCE(max_training_tokens, 9223372036854775807), id);
CREATE INDEX "order-model-max_training_tokens_first" ON model (COALESCE(max_training_tokens, -1), id);
CREATE INDEX "order-model-created_at" ON model (created_at, id);
CREATE INDEX "order-model-updated_at" ON model (updated_at, id);
CREATE INDEX "order-model_size-parameters" ON model_size (parameters, id);
CREATE INDEX "order-model_size-training_tokens_last" ON model_size (COALESCE(training_tokens, 9223372036854775807), id);
CREATE INDEX "order-model_size-training_tokens_first" ON model_size (COALESCE(training_tokens, -1), id);
CREATE INDEX "order-organization-name" ON organization (name_key, id);
CREATE INDEX "order-organization-created_at" ON organization (created_at, id);
CREATE INDEX "order-organization-updated_at" ON organization (updated_at, id);
CREATE INDEX "idx-idempotency_key-created_at" ON "idempotency_key" ("created_at");
CREATE INDEX "idx-revision-id" ON "revision" ("subject_id", "subject_type", "number");
CREATE INDEX "idx-revision-slug" ON "revision" ("subject_slug", "subject_type", "number");
CREATE INDEX "idx-revision-time" ON "revision" ("created_at", "number");
CREATE INDEX "idx-revision-bare" ON revision (number, subject_type) WHERE after IS NOT NULL AND name_key IS NULL;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('organization',3);
INSERT INTO "sqlite_sequence" VALUES('api_token',1);
INSERT INTO "sqlite_sequence" VALUES('license',3);
INSERT INTO "sqlite_sequence" VALUES('link',6);
INSERT INTO "sqlite_sequence" VALUES('dataset',1);
INSERT INTO "sqlite_sequence" VALUES('architecture',1);
INSERT INTO "sqlite_sequence" VALUES('model',7);
INSERT INTO "sqlite_sequence" VALUES('model_size',23);
COMMIT;
