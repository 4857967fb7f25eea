using AuthMap.Manifests;
using static AuthMap.Core.Tests.Manifests.Manifest;

namespace AuthMap.Core.Tests.Manifests;

public sealed class FindingTests
{
    [Theory]
    [InlineData("kind: ConfigMap\nmetadata:\n  name: aws-auth\ndata:\n  mapRoles: r\n")]
    [InlineData("kind: ConfigMap\nmetadata: {name: aws-auth, namespace: kube-system}\ndata: {mapRoles: r}\n")]
    [InlineData("# first\n---\nkind: Secret\n---\n---\nkind: ConfigMap\nmetadata: {name: other}\n...\n---\nkind: ConfigMap\nmetadata: {name: aws-auth}\ndata: {mapRoles: r}\n")]
    [InlineData("kind: ConfigMap\nmetadata: {name: aws-auth, namespace: default}\n---\nkind: ConfigMap\nmetadata: {name: aws-auth}\ndata: {mapRoles: r}\n")]
    [InlineData("kind: List\nitems:\n- kind: Secret\n- kind: ConfigMap\n  metadata: {name: aws-auth}\n  data:\n    mapRoles: r\n")]
    [InlineData("kind: ConfigMapList\nitems:\n- metadata: {name: other}\n- metadata: {name: aws-auth}\n  data:\n    mapRoles: r\n")]
    [InlineData("{\"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"aws-auth\"}, \"data\": {\"mapRoles\": \"r\"}}")]
    [InlineData("kind: &k ConfigMap\nmetadata: &m {name: aws-auth}\ndata: {mapRoles: r}\n---\nkind: x\n")]
    [InlineData("x: &r r\nkind: ConfigMap\nmetadata: {name: aws-auth}\ndata: {mapRoles: *r}\n")]
    [InlineData("%YAML 1.1\n---\nkind: ConfigMap\nmetadata: {name: aws-auth}\ndata: {mapRoles: r}\n")]
    public void I_find_it_wherever_it_stands(string text) => Assert.Equal("r", Parse(text).Data["mapRoles"]);

    [Fact]
    public void I_read_what_kubectl_prints_and_change_only_the_map()
    {
        const string Text = """
            apiVersion: v1
            data:
              mapRoles: |
                - groups:
                  - system:bootstrappers
                  - system:nodes
                  rolearn: arn:aws:iam::111122223333:role/node
                  username: system:node:{{EC2PrivateDNSName}}
              mapUsers: |
                []
            kind: ConfigMap
            metadata:
              annotations:
                kubectl.kubernetes.io/last-applied-configuration: |
                  {"apiVersion":"v1","data":{"mapRoles":"[]"},"kind":"ConfigMap","metadata":{"annotations":{},"name":"aws-auth"}}
              creationTimestamp: "2026-01-01T00:00:00Z"
              name: aws-auth
              namespace: kube-system
              resourceVersion: "917"
              uid: 5a4e0f2c-0d6b-4b9e-8f43-0a5a8d1c7f11
            """;
        var document = Parse(Text);
        Assert.Equal("[]\n", document.Data["mapUsers"]);
        Assert.Equal(
            Text.Replace("    []\n", "    - userarn: x\n", StringComparison.Ordinal),
            Edited(Text, "mapUsers", "- userarn: x\n"));
    }

    [Theory]
    [InlineData("", "found: no Kubernetes object")]
    [InlineData("# nothing\n", "found: no Kubernetes object")]
    [InlineData("- a\n", "found: no Kubernetes object")]
    [InlineData("a: b\n", "found: something without kind and name")]
    [InlineData("kind: ConfigMap\nmetadata: {name: other, namespace: kube-system}\n---\nkind: Deployment\nmetadata: {name: web, namespace: default}\n", "found: ConfigMap kube-system/other, Deployment default/web")]
    [InlineData("kind: ConfigMap\nmetadata: {name: aws-auth, namespace: default}\n", "found: ConfigMap default/aws-auth")]
    [InlineData("kind: Secret\nmetadata: {name: aws-auth}\n", "found: Secret aws-auth")]
    [InlineData("kind: List\nitems: [{kind: A}, {kind: B}, {kind: C}, {kind: D}, {kind: E}, {kind: F}, {kind: G}]\n", "found: A ?, B ?, C ?, D ?, E ? and 2 more")]
    public void When_it_is_not_there_I_say_what_is(string text, string found)
    {
        var failure = Fails(() => Parse(text));
        Assert.Equal(FailureKind.NotFound, failure.Kind);
        Assert.Equal("aws-auth.yaml has no ConfigMap kube-system/aws-auth", failure.Message);
        Assert.Equal([found], failure.Details);
        Assert.Equal("authmap create iamidentitymapping … --init adds one", failure.Hint);
    }

    [Fact]
    public void Two_of_them_are_one_too_many()
    {
        var failure = Fails(() => Parse(Head + "---\n" + Head));
        Assert.Equal(FailureKind.Refused, failure.Kind);
        Assert.Equal("aws-auth.yaml:7:1: a second aws-auth; the first one starts in line 1", failure.Message);
    }

    [Theory]
    [InlineData("data:\n  mapRoles: []\n", "6+1:13", "mapRoles is a list, and the API server accepts only strings", "put a | after mapRoles: and the value indented below it")]
    [InlineData("data:\n  mapRoles:\n  - rolearn: x\n", "8:3", "mapRoles is a list, and the API server accepts only strings", "put a | after mapRoles: and the value indented below it")]
    [InlineData("data:\n  mapUsers:\n    userarn: x\n", "8:5", "mapUsers is a mapping, and the API server accepts only strings", "put a | after mapUsers: and the value indented below it")]
    [InlineData("data:\n  mapAccounts: 012345678901\n", "7:16", "mapAccounts is a number, and the API server accepts only strings", "put a | after mapAccounts: and the value indented below it")]
    [InlineData("data:\n  other: yes\n", "7:10", "other is a boolean, and the API server accepts only strings", "quote it")]
    [InlineData("data:\n  mapRoles: !!binary aGk=\n", "7:13", "mapRoles is tagged tag:yaml.org,2002:binary, and the API server accepts only strings", "put a | after mapRoles: and the value indented below it")]
    [InlineData("data: text\n", "6:7", "data of aws-auth is not a mapping of names to strings", null)]
    [InlineData("data:\n  mapRoles: a\n  other: b\n  mapRoles: c\n", "9:3", "mapRoles is there twice, in lines 7 and 9; the API server takes the last one", "remove one of them")]
    [InlineData("data: {}\ndata: {}\n", "7:1", "data is there twice, in lines 6 and 7; the API server takes the last one", "remove one of them")]
    [InlineData("x: &x {a: b}\ndata:\n  <<: *x\n", "8:3", "aws-auth uses a YAML merge (<<)", "write its keys out")]
    [InlineData("data:\n  [a]: b\n", "7:3", "a key that is not a string", null)]
    public void What_an_API_server_rejects_is_refused_with_its_place(string data, string place, string message, string? hint)
    {
        var failure = Fails(() => Parse(Head + data));
        Assert.Equal(FailureKind.Refused, failure.Kind);
        Assert.Equal($"aws-auth.yaml:{place.Replace("6+1", "7", StringComparison.Ordinal)}: {message}", failure.Message);
        Assert.Equal(hint, failure.Hint);
    }

    [Theory]
    [InlineData("data:\n  mapRoles: a: b\n", "aws-auth.yaml:7:14: not readable as YAML: ", "7 |   mapRoles: a: b", false)]
    [InlineData("data:\n  {{- if .Values.roles }}\n  mapRoles: |\n  {{- end }}\n", "aws-auth.yaml:", null, true)]
    [InlineData("data:\n  mapRoles: \"a\n", "aws-auth.yaml:", null, false)]
    [InlineData("data: *nowhere\n", "aws-auth.yaml:6:7: unknown anchor nowhere", "6 | data: *nowhere", false)]
    [InlineData("data:\n  mapRoles: a\0b\n", "aws-auth.yaml:7:14: control character U+0000: YAML does not allow it", "7 |   mapRoles: a b", null)]
    public void What_is_not_YAML_is_refused_with_its_place(string data, string message, string? excerpt, bool? template)
    {
        var failure = Fails(() => Parse(Head + data));
        Assert.Equal(FailureKind.Refused, failure.Kind);
        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
        Assert.True(excerpt is null || failure.Details[0] == excerpt, string.Join('\n', failure.Details));
        Assert.NotNull(failure.Hint);
        Assert.True(template is null || template == (failure.Hint?.Contains("helm template", StringComparison.Ordinal) ?? false), failure.Hint);
    }

    [Fact]
    public void An_excerpt_points_at_the_place_and_is_never_long()
    {
        var failure = Fails(() => Parse($"{Head}x: {new string('a', 5000)}\0{new string('b', 5000)}\n"));
        Assert.All(failure.Details, detail => Assert.InRange(detail.Length, 1, 120));
        Assert.Equal('b', failure.Details[0][failure.Details[1].IndexOf('^', StringComparison.Ordinal) + 1]);
    }

    [Theory]
    [InlineData("x: &r r\n", "data:\n  mapRoles: *r\n", "8:13: this text stands elsewhere in the file, behind an alias (*)")]
    [InlineData("", "data:\n  mapRoles: &r r\n  other: *r\n", "7:13: this text is used elsewhere in the file, by its anchor &r")]
    [InlineData("", "data: &d\n  mapRoles: r\nbinaryData: *d\n", "6:7: this text is used elsewhere in the file, by its anchor &d")]
    public void Shared_text_is_read_and_never_edited(string before, string data, string message)
    {
        var document = Parse(Head + before + data);
        Assert.Equal("r", document.Data["mapRoles"]);
        var failure = Fails(() => document.With(new Dictionary<string, string> { ["mapRoles"] = "x" }));
        Assert.Equal(FailureKind.Refused, failure.Kind);
        Assert.StartsWith($"aws-auth.yaml:{message}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused()
    {
        Assert.Equal(FailureKind.Refused, Fails(() => With($"{Head}data: {{}}\n", "mapRoles", "a\ud83d")).Kind);
    }

    [Theory]
    [InlineData("data:\n\tmapRoles: x\n", "7:1", 0)]
    [InlineData("data:\n  mapRoles: |\n\t- a\n", "8:1", 0)]
    [InlineData("data:\n  mapRoles: |\n    a\n    \tb\n  other: |\n    \tc\n  last:\n  \td: e\n", "13:3", 2)]
    [InlineData("data:\n  mapRoles: a\n\tother: b\n", "8:1", 0)]
    public void A_tab_in_the_indentation_is_pointed_at(string data, string place, int column)
    {
        var failure = Fails(() => Parse(Head + data));
        Assert.Equal($"aws-auth.yaml:{place}: not readable as YAML: a tab in the indentation", failure.Message);
        Assert.Equal("indent with spaces", failure.Hint);
        Assert.Equal(failure.Details[0].IndexOf('|', StringComparison.Ordinal) + 2 + column, failure.Details[1].IndexOf('^', StringComparison.Ordinal));
    }
}
