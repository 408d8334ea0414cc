{# What a reader looks for in an ad: the name of each field, and when it is there. `field_completeness` has a row for each,
   a day and a source. #}
{% macro fields_of_a_job() -%}
    {{ return({
        'company': 'company_key <> -1',
        'city': 'city is not null',
        'department_code': 'department_code is not null',
        'region': 'region is not null',
        'coordinates': 'latitude is not null and longitude is not null',
        'description': "description <> ''",
        'whole_description': "description <> '' and right(description, 1) <> '…'",
        'language': 'language is not null',
        'category_tag': 'category_tag is not null',
        'skills': 'has_skills',
        'contract_type': 'contract_type is not null',
        'working_time': 'working_time is not null',
        'seniority': 'seniority is not null',
        'remote_mode': 'remote_mode is not null',
        'salary': 'has_salary',
        'salary_from_field': "salary_source = 'field'",
        'salary_from_text': "salary_source = 'text'",
        'salary_predicted': "salary_source = 'predicted'",
        'salary_min_and_max': 'salary_min is not null and salary_max is not null',
    }) }}
{%- endmacro %}
