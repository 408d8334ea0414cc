{# The columns, taken together, never repeat. #}
{% test unique_together(model, columns) %}

    select
        {{ columns | join(', ') }},
        count(*) as repetitions
    from {{ model }}
    group by {{ columns | join(', ') }}
    having count(*) > 1

{% endtest %}
