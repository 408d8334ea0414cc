{# The expression is true, or unknown, on every row. #}
{% test holds(model, expression, column_name=none) %}

    select *
    from {{ model }}
    where not ({{ expression }})

{% endtest %}
