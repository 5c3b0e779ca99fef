// Evaluates ValidatingAdmissionPolicies by cel-go, with the libraries and limits of the API server. Reads
// {"policies": [spec…], "requests": [{"policy", "object", "oldObject"}…]}, writes for each request
// {"message", "cost"}: the refusal, or an empty text, and the cost of the dearest expression.
package main

import (
	"encoding/json"
	"log"
	"os"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/ext"
)

type named struct{ Name, Expression string }

type spec struct {
	MatchConditions []named
	Variables       []named
	Validations     []struct{ Expression, MessageExpression string }
}

type request struct {
	Policy            int
	Object, OldObject any
}

type answer struct {
	Message string `json:"message"`
	Cost    uint64 `json:"cost"`
}

type evaluator struct {
	env      *cel.Env
	programs map[string]cel.Program
}

func (e *evaluator) evaluate(expression string, context map[string]any, dearest *uint64) any {
	program, ok := e.programs[expression]
	if !ok {
		ast, issues := e.env.Compile(expression)
		if issues.Err() != nil {
			log.Fatal(issues.Err())
		}
		var err error
		if program, err = e.env.Program(ast, cel.EvalOptions(cel.OptOptimize), cel.CostTracking(nil)); err != nil {
			log.Fatal(err)
		}
		e.programs[expression] = program
	}
	value, details, err := program.Eval(context)
	if err != nil {
		log.Fatalf("%s: %v", expression, err)
	}
	if cost := details.ActualCost(); cost != nil && *cost > *dearest {
		*dearest = *cost
	}
	if boolean, ok := value.(types.Bool); ok {
		return bool(boolean)
	}
	if text, ok := value.(types.String); ok {
		return string(text)
	}
	return value
}

func (e *evaluator) review(policy spec, one request) (result answer) {
	operation := "UPDATE"
	if one.OldObject == nil {
		operation = "CREATE"
	}
	variables := map[string]any{}
	context := map[string]any{
		"object": one.Object, "oldObject": one.OldObject, "variables": variables,
		"request": map[string]any{"operation": operation},
	}
	for _, condition := range policy.MatchConditions {
		if e.evaluate(condition.Expression, context, &result.Cost) != true {
			return
		}
	}
	for _, variable := range policy.Variables {
		variables[variable.Name] = e.evaluate(variable.Expression, context, &result.Cost)
	}
	for _, validation := range policy.Validations {
		if e.evaluate(validation.Expression, context, &result.Cost) != true {
			result.Message = e.evaluate(validation.MessageExpression, context, &result.Cost).(string)
		}
	}
	return
}

// Whole numbers are integers in the API server's objects; JSON knows only floats.
func typed(value any) any {
	switch one := value.(type) {
	case map[string]any:
		for key, field := range one {
			one[key] = typed(field)
		}
	case []any:
		for index, element := range one {
			one[index] = typed(element)
		}
	case float64:
		if one == float64(int64(one)) {
			return int64(one)
		}
	}
	return value
}

func main() {
	var input struct {
		Policies []spec
		Requests []request
	}
	if err := json.NewDecoder(os.Stdin).Decode(&input); err != nil {
		log.Fatal(err)
	}
	env, err := cel.NewEnv(
		cel.OptionalTypes(), cel.HomogeneousAggregateLiterals(), cel.CrossTypeNumericComparisons(true),
		ext.Strings(ext.StringsVersion(2)),
		cel.Variable("object", cel.DynType), cel.Variable("oldObject", cel.DynType),
		cel.Variable("request", cel.DynType), cel.Variable("variables", cel.MapType(cel.StringType, cel.DynType)),
	)
	if err != nil {
		log.Fatal(err)
	}
	e := &evaluator{env, map[string]cel.Program{}}
	answers := []answer{}
	for _, one := range input.Requests {
		one.Object, one.OldObject = typed(one.Object), typed(one.OldObject)
		answers = append(answers, e.review(input.Policies[one.Policy], one))
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		log.Fatal(err)
	}
}
