create user camunda password 'camunda';
create database camunda owner camunda;
create user porchlight password 'porchlight';
create database porchlight owner porchlight;
