// On one machine: which identity answers to each way of asking, or the kind of error instead. One line of JSON.
use std::{env, error::Error as _, sync::Arc};

use azure_core::{
    Error, Result,
    credentials::TokenCredential,
    error::ErrorKind,
    http::{ClientOptions, Context, Method, Pipeline, Request, Url, policies::auth::BearerTokenAuthorizationPolicy},
};
use azure_identity::{
    ManagedIdentityCredential, ManagedIdentityCredentialOptions, UserAssignedId, WorkloadIdentityCredential,
    WorkloadIdentityCredentialOptions,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};

const MANAGEMENT: &str = "https://management.azure.com/.default";
const NOBODY: &str = "https://nobody.example/.default";

fn outcome(result: Result<String>) -> Value {
    result.map_or_else(failure, Value::String)
}

fn failure(error: Error) -> Value {
    let failed = match error.kind() {
        ErrorKind::HttpResponse { status, .. } => format!("HttpResponse {}", u16::from(*status)),
        kind => kind.to_string(),
    };
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        message.push('\n');
        message.push_str(&inner.to_string());
        cause = inner.source();
    }
    json!({ "failed": failed, "message": message })
}

/// The last segment of the id of the resource that a token says it is of.
async fn identity<C: TokenCredential + ?Sized>(scope: &str, made: Result<Arc<C>>) -> Value {
    let token = match made {
        Ok(credential) => credential.get_token(&[scope], None).await,
        Err(error) => Err(error),
    };
    outcome(token.map(|token| {
        let payload = token.token.secret().split('.').nth(1).unwrap_or_default();
        let claims: Value = serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(payload).expect("base64")).expect("claims");
        let id = claims["xms_mirid"].as_str().unwrap_or_default();
        id.rsplit('/').next().unwrap_or_default().to_owned()
    }))
}

fn managed(id: Option<UserAssignedId>) -> Result<Arc<ManagedIdentityCredential>> {
    ManagedIdentityCredential::new(Some(ManagedIdentityCredentialOptions { user_assigned_id: id, ..Default::default() }))
}

fn workload(client_id: Option<&str>) -> Result<Arc<WorkloadIdentityCredential>> {
    let client_id = client_id.map(str::to_owned);
    WorkloadIdentityCredential::new(Some(WorkloadIdentityCredentialOptions { client_id, ..Default::default() }))
}

/// Reads a resource with the pipeline that every client library of the SDK is made of.
async fn read(resource_id: &str, credential: Result<Arc<dyn TokenCredential>>) -> Result<String> {
    let authorization = Arc::new(BearerTokenAuthorizationPolicy::new(credential?, [MANAGEMENT]));
    let pipeline = Pipeline::new(None, None, ClientOptions::default(), vec![], vec![authorization], None);
    let url = Url::parse(&format!("https://management.azure.com{resource_id}?api-version=2023-01-31"))?;
    let response = pipeline.send(&Context::new(), &mut Request::new(url, Method::Get), None).await?;
    let body: Value = response.into_body().json()?;
    Ok(body["name"].as_str().unwrap_or_default().to_owned())
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [resource_id, client_id, object_id, stranger, _subscription] = arguments.as_slice() else {
        panic!("five arguments are needed");
    };
    let mut told = Map::new();
    let mut tell = |way: &str, value: Value| told.insert(way.to_owned(), value);
    tell("system", identity(MANAGEMENT, managed(None)).await);
    tell("clientId", identity(MANAGEMENT, managed(Some(UserAssignedId::ClientId(client_id.clone())))).await);
    tell("objectId", identity(MANAGEMENT, managed(Some(UserAssignedId::ObjectId(object_id.clone())))).await);
    tell("resourceId", identity(MANAGEMENT, managed(Some(UserAssignedId::ResourceId(resource_id.clone())))).await);
    if env::var_os("AZURE_FEDERATED_TOKEN_FILE").is_some() {
        tell("workload", identity(MANAGEMENT, workload(None)).await);
        tell("stranger", identity(MANAGEMENT, workload(Some(stranger))).await);
        tell("unknownResource", identity(NOBODY, workload(None)).await);
        tell("read", outcome(read(resource_id, workload(None).map(|it| it as _)).await));
    } else {
        tell("stranger", identity(MANAGEMENT, managed(Some(UserAssignedId::ClientId(stranger.clone())))).await);
        tell("unknownResource", identity(NOBODY, managed(None)).await);
        tell("read", outcome(read(resource_id, managed(None).map(|it| it as _)).await));
    }
    println!("{}", Value::Object(told));
}
