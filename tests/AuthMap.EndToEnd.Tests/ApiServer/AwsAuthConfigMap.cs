using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace AuthMap.EndToEnd;

/// <summary>kube-system/aws-auth as an administrator reads and writes it, behind the back of the program under test.</summary>
public sealed class AwsAuthConfigMap(HttpClient admin)
{
    public const string Collection = "/api/v1/namespaces/kube-system/configmaps";
    public const string Path = $"{Collection}/aws-auth";

    /// <summary>The object as it is, or null where there is none.</summary>
    public async Task<JsonObject?> GetAsync()
    {
        using var response = await admin.GetAsync(Path);
        return response.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync(response);
    }

    /// <summary>One value of the object's data, exactly; null where the object or the key is missing.</summary>
    public async Task<string?> GetTextAsync(string key) => (await GetAsync())?["data"]?[key]?.GetValue<string>();

    /// <summary>Makes the object hold these texts and nothing else, whatever it was.</summary>
    public Task<JsonObject> PutAsync(string? mapRoles = null, string? mapUsers = null, string? mapAccounts = null)
    {
        var data = new JsonObject();
        foreach (var (key, text) in new[] { ("mapRoles", mapRoles), ("mapUsers", mapUsers), ("mapAccounts", mapAccounts) })
        {
            if (text is not null)
            {
                data[key] = text;
            }
        }

        return PutAsync(new JsonObject { ["data"] = data });
    }

    /// <summary>Creates or replaces the object; kind and name are filled in, metadata may bring annotations and labels.</summary>
    public async Task<JsonObject> PutAsync(JsonObject configMap)
    {
        configMap["apiVersion"] = "v1";
        configMap["kind"] = "ConfigMap";
        configMap["metadata"] ??= new JsonObject();
        configMap["metadata"]!["name"] = "aws-auth";

        using var replaced = await admin.PutAsync(Path, Json(configMap));
        if (replaced.StatusCode != HttpStatusCode.NotFound)
        {
            return await ReadAsync(replaced);
        }

        using var created = await admin.PostAsync(Collection, Json(configMap));
        return await ReadAsync(created);
    }

    /// <summary>Removes the object, if there is one.</summary>
    public async Task DeleteAsync()
    {
        using var response = await admin.DeleteAsync(Path);
        if (response.StatusCode != HttpStatusCode.NotFound)
        {
            await ReadAsync(response);
        }
    }

    private static StringContent Json(JsonObject value) =>
        new(value.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

    private static async Task<JsonObject> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!.AsObject();
    }
}
