// Evaluates admission policies by cel-go, with the libraries and limits of the API server. Reads
// {"policies": [spec…], "requests": [{"policy", "object", "oldObject"}…]}, writes for each request
// {"message", "patch", "cost"}: the refusal, or an empty text; the JSON patch of a MutatingAdmissionPolicy, absent if
// the policy does not match; and the cost of the dearest expression.
package main

import (
	"encoding/json"
	"log"
	"os"
	"reflect"
	"strings"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/common/types/traits"
	"github.com/google/cel-go/ext"
	"google.golang.org/protobuf/types/known/structpb"
)

type named struct{ Name, Expression string }

type spec struct {
	MatchConditions []named
	Variables       []named
	Validations     []struct{ Expression, MessageExpression string }
	Mutations       []struct{ JsonPatch struct{ Expression string } }
}

type request struct {
	Policy            int
	Object, OldObject any
}

type answer struct {
	Message string          `json:"message"`
	Patch   *structpb.Value `json:"patch,omitempty"`
	Cost    uint64          `json:"cost"`
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
		// Kubernetes takes a mutation of this exact type alone (k8s.io/apiserver/pkg/admission/plugin/cel/compile.go).
		patches := cel.ListType(cel.ObjectType(jsonPatch))
		if isMutation := strings.Contains(expression, jsonPatch); isMutation && !ast.OutputType().IsExactType(patches) {
			log.Fatalf("a mutation is a %s, not a %s", ast.OutputType(), patches)
		}
		var err error
		if program, err = e.env.Program(ast, cel.EvalOptions(cel.OptOptimize), cel.CostTracking(costs{})); err != nil {
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
	for _, mutation := range policy.Mutations {
		patch := e.evaluate(mutation.JsonPatch.Expression, context, &result.Cost).(ref.Val)
		value, err := patch.ConvertToNative(reflect.TypeOf(&structpb.Value{}))
		if err != nil {
			log.Fatal(err)
		}
		result.Patch = value.(*structpb.Value)
	}
	return
}

// Type of the operations of a JSON patch, as Kubernetes declares it (k8s.io/apiserver/pkg/cel/mutation/jsonpatch.go);
// a value of the type is a map here.
const jsonPatch = "JSONPatch"

type patchTypes struct{ types.Provider }

func (p patchTypes) FindStructType(name string) (*types.Type, bool) {
	if name == jsonPatch {
		return types.NewTypeTypeWithParam(types.NewObjectType(jsonPatch)), true
	}
	return p.Provider.FindStructType(name)
}

func (p patchTypes) FindStructFieldNames(name string) ([]string, bool) {
	if name == jsonPatch {
		return []string{"op", "path", "from", "value"}, true
	}
	return p.Provider.FindStructFieldNames(name)
}

func (p patchTypes) FindStructFieldType(name, field string) (*types.FieldType, bool) {
	if name != jsonPatch {
		return p.Provider.FindStructFieldType(name, field)
	}
	switch field {
	case "op", "path", "from":
		return &types.FieldType{Type: cel.StringType}, true
	case "value":
		return &types.FieldType{Type: cel.DynType}, true
	}
	return nil, false
}

func (p patchTypes) NewValue(name string, fields map[string]ref.Val) ref.Val {
	if name != jsonPatch {
		return p.Provider.NewValue(name, fields)
	}
	return types.DefaultTypeAdapter.NativeToValue(fields)
}

func withPatchTypes(env *cel.Env) (*cel.Env, error) {
	return cel.CustomTypeProvider(patchTypes{env.CELTypeProvider()})(env)
}

// Function of Kubernetes (k8s.io/apiserver/pkg/cel/library/lists.go).
func indexOf(list, value ref.Val) ref.Val {
	index := 0
	for it := list.(traits.Iterable).Iterator(); it.HasNext() == types.True; index++ {
		if it.Next().Equal(value) == types.True {
			return types.Int(index)
		}
	}
	return types.Int(-1)
}

// Costs that Kubernetes gives its own functions (k8s.io/apiserver/pkg/cel/library/cost.go).
type costs struct{}

func (costs) CallCost(function, overload string, args []ref.Val, result ref.Val) *uint64 {
	sizer, ok := args[0].(traits.Sizer)
	if function != "indexOf" || !ok {
		return nil
	}
	size := uint64(sizer.Size().(types.Int))
	return &size
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
		withPatchTypes,
		cel.Function("indexOf", cel.MemberOverload("list_a_index_of_int",
			[]*cel.Type{cel.ListType(cel.TypeParamType("T")), cel.TypeParamType("T")}, cel.IntType,
			cel.BinaryBinding(indexOf))),
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
